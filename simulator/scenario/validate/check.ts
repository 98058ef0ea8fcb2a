/**
 * Whether something is a scenario that can be told: what is wrong, by chapter and field, for its
 * author. Takes anything. That each chapter comes is another matter: only a run shows it.
 */
import { CHARTS } from '../../world/charts';
import { INVARIANTS } from '../../world/invariants';
import { MEASURES } from '../../world/measures';
import { placesOf } from '../places';
import { checkKnobs } from './knob';
import { checkStop } from './pattern';
import { checkPrediction, FAULTS } from './question';
import {
  allDiffer,
  fieldsOf,
  listAt,
  nameAt,
  numberAt,
  oneOf,
  show,
  textAt,
  type Fields,
  type Report,
} from './shape';
import { readWorld, type Facts } from './world';

export type Complaint = {
  readonly scenario: string;
  /** Id of the chapter, or its place in the story (`#3`); null when it is about none. */
  readonly chapter: string | null;
  /** Dotted path: `stop.coarse.part`. */
  readonly field: string;
  readonly message: string;
};

const GRAINS = ['micro', 'instruction', 'call', 'frame', 'message', 'event', 'chapter'];

const LISTS: Readonly<Record<string, readonly string[]>> = {
  faults: [...FAULTS, 'cut', 'flip', 'kill'],
  invariants: Object.keys(INVARIANTS),
  measures: Object.keys(MEASURES),
  charts: Object.keys(CHARTS),
};

function checkHead(report: Report, scenario: Fields): void {
  const slug = nameAt(report, scenario, 'slug');
  if (slug !== null && slug !== slug.toLowerCase()) report('slug', 'must be in lower case');
  numberAt(report, scenario, 'version', { least: 1, whole: true });
  textAt(report, scenario, 'title');
  textAt(report, scenario, 'summary');
  const longestNs = numberAt(report, scenario, 'longestNs', { least: 1, whole: true });
  const most = longestNs === null ? {} : { most: longestNs };
  numberAt(report, scenario, 'endsAtNs', { least: 1, whole: true, ...most });
}

function checkLists(report: Report, scenario: Fields): void {
  for (const [name, known] of Object.entries(LISTS)) {
    const listed = listAt(report, scenario, name);
    for (const each of listed) oneOf(report, name, each, known);
    allDiffer(report, name, listed);
  }
}

function checkChapter(
  report: Report,
  chapter: Fields,
  earlier: readonly string[],
  facts: Facts,
): void {
  nameAt(report, chapter, 'id');
  textAt(report, chapter, 'title');
  textAt(report, chapter, 'text');
  const places = placesOf(facts.names);
  const { room, grain } = chapter;
  if (room !== null) oneOf(report, 'room', room, places);
  for (const each of listAt(report, chapter, 'focus')) oneOf(report, 'focus', each, places);
  if (grain !== undefined) oneOf(report, 'grain', grain, GRAINS);
  checkStop(report, chapter, earlier, facts);
  checkPrediction(report, chapter, facts);
}

const idOf = (value: unknown): string | null => {
  const id = fieldsOf(value)?.['id'];
  return typeof id === 'string' && id !== '' ? id : null;
};

export function check(scenario: unknown): readonly Complaint[] {
  const complaints: Complaint[] = [];
  const fields = fieldsOf(scenario) ?? {};
  const { slug } = fields;
  const name = typeof slug === 'string' ? slug : show(slug);
  const about =
    (chapter: string | null): Report =>
    (field, message) => {
      complaints.push({ scenario: name, chapter, field, message });
    };
  const report = about(null);
  if (fieldsOf(scenario) === null) report('', `must be an object, not ${show(scenario)}`);
  checkHead(report, fields);
  checkLists(report, fields);
  const facts = readWorld(report, fields);
  checkKnobs(report, fields, facts);
  const chapters = listAt(report, fields, 'chapters');
  const ids = chapters.map(idOf);
  chapters.forEach((value, index) => {
    const own = about(ids[index] ?? `#${index + 1}`);
    const earlier = ids.slice(0, index).filter((id) => id !== null);
    checkChapter(own, fieldsOf(value) ?? {}, earlier, facts);
    if (earlier.some((id) => id === ids[index])) own('id', 'another chapter has it');
  });
  return complaints;
}

/** In one line. */
export const complaintText = ({ scenario, chapter, field, message }: Complaint): string =>
  `${[scenario, ...(chapter === null ? [] : [`chapter ${chapter}`]), field].join(', ')}: ${message}`;
