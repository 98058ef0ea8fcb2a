/**
 * What a figure shows before anybody touches it: the engine runs to its moment when the page is
 * built. It also tells what only the engine knows: whether there is such a scenario, part, knob.
 */
import { RAM_BASE, type Scenario } from '../../../simulator';
import { scenarios } from '../../catalogue';
import { placeOf, queryOf } from '../../panels/parts';
import { Engine } from '../../session/engine';
import { emit } from '../../session/link';
import type { Order, Questions, Reply } from '../../session/protocol';
import type { Article, Figure } from '../article';
import { written } from '../octets';
import { mistakesOf, type Mistake } from './mistake';
import type { Parsed, Placed } from './parse';

type Say = (what: string) => void;

const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.join(', ');

/** What the figure asks of its moment; null when it shows a part that is not there. */
function questionsOf(
  { show }: Pick<Placed, 'show'>,
  { world }: Scenario,
  say: Say,
): Questions | null {
  if (show === 'world') return {};
  const hosts = world.hosts.map(({ name }) => name);
  const cables = world.cables.map(({ name }) => name);
  const place = placeOf(show, hosts, cables);
  if (place !== null) return { [show]: queryOf(place, RAM_BASE) };
  const some = [...cables, ...hosts.map((host) => `${host}.nic`)];
  say(`"show" is world or a part (${listed(some)}, …), not "${show}"`);
  return null;
}

function orderTo(
  { at }: Pick<Placed, 'at'>,
  { endsAtNs }: Scenario,
): Parameters<Engine['begin']>[0] {
  if (at === 'start') return { kind: 'look' };
  if (at === 'end') return { kind: 'seek', to: endsAtNs };
  if (typeof at === 'number') return { kind: 'seek', to: at };
  return { kind: 'chapter', id: at.chapter } satisfies Order;
}

/** The engine at the figure's moment, and that moment; null when it does not get there. */
function reached(
  figure: Pick<Placed, 'at'>,
  scenario: Scenario,
  questions: Questions,
  say: Say,
): { readonly engine: Engine; readonly reply: Extract<Reply, { kind: 'moment' }> } | null {
  if (typeof figure.at === 'number' && figure.at > scenario.endsAtNs)
    say(`"at" is after the end of ${scenario.slug} (${scenario.endsAtNs} ns)`);
  const engine = new Engine(scenario);
  const work = engine.begin(orderTo(figure, scenario), questions);
  for (;;) {
    const { done, value } = work.next();
    if (done !== true) continue;
    if (value.kind === 'moment') return { engine, reply: value };
    say(value.kind === 'refused' ? value.why : 'the engine does not get there');
    return null;
  }
}

/** Of what its directive says; `line` is its own. */
async function figureOf(figure: Omit<Placed, 'line'>, say: Say): Promise<Figure | null> {
  const scenario = scenarios.find(({ slug }) => slug === figure.scenario);
  if (scenario === undefined) {
    const slugs = listed(scenarios.map(({ slug }) => slug));
    say(`there is no scenario "${figure.scenario}" (there are ${slugs})`);
    return null;
  }
  const knobs = scenario.knobs.map(({ name }) => name);
  for (const knob of figure.knobs)
    if (!knobs.includes(knob))
      say(`${scenario.slug} has no knob "${knob}" (it has ${listed(knobs)})`);
  const questions = questionsOf(figure, scenario, say);
  const there = questions === null ? null : reached(figure, scenario, questions, say);
  if (there === null) return null;
  const room = figure.show === 'world' ? null : figure.show;
  const place = there.engine.place();
  const link = await emit({ place, room, grain: figure.grain }, scenario.version);
  return { ...figure, still: written(there.reply.moment), link: link ?? '' };
}

export type Illustrated = {
  readonly article: Article;
  readonly mistakes: readonly Mistake[];
};

/** The article with its pictures. */
export async function illustrate(
  { article, mistakes: before }: Parsed,
  file: string,
): Promise<Illustrated> {
  const { mistakes, report } = mistakesOf(file);
  const blocks: Article['blocks'][number][] = [];
  for (const block of article.blocks) {
    if (block.kind === 'text') blocks.push(block);
    else {
      const { line, ...spec } = block.figure;
      const figure = await figureOf(spec, (what) => {
        report(line, what);
      });
      if (figure !== null) blocks.push({ kind: 'figure', figure });
    }
  }
  const all = [...before, ...mistakes].toSorted((a, b) => a.line - b.line);
  return { article: { ...article, blocks }, mistakes: all };
}
