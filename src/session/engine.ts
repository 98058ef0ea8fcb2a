/**
 * The engine behind the screen: holds the run of one scenario and its playhead, carries orders out
 * in slices, and answers with whole moments. It knows no worker and no clock.
 */
import {
  captureOf,
  compare,
  endOf,
  lengthened,
  look,
  run as history,
  START,
  type Deed,
  type Grain,
  type Input,
  type Lengthened,
  type Position,
  type Scenario,
} from '../../simulator';
import { refusal } from './deeds';
import { momentOf, type Show } from './moment';
import { namesOf, type Names } from './names';
import type { Sources } from './programs';
import type { Moment, Order, Passed, Place, Questions, Reply } from './protocol';
import { back, forward, outside, runOn, seek, tailOf, watch, watched, type Work } from './running';
import { emptyStretch, sentenceOfStretch, withLines, type Stretch } from './stretch';
import { Survey } from './survey';

/** Orders that the engine answers by itself; links are read and written around it. */
export type Simple = Exclude<Order, { readonly kind: 'open' | 'link' | 'program' }>;

type Done = { readonly input: Input; readonly before: history.Run };

/** Runs from before a deed that are kept; what was done earlier is undone by running again. */
const MOST_BEFORE = 4;
/** By time, what happens inside the parts is shown of stretches up to this long. */
const FINE_STRETCH_NS = 20_000;

/** Checkpoints are close at first, so that one step back in a short run is soon found. */
const FIRST_INTERVAL = 16;

const NOTHING_PASSED: Passed = { moves: [], notes: [] };

/** A run that was changed so that it does not come to rest is looked through only so far. */
export const sentenceAtEnd = ({ cutShort }: Pick<Lengthened, 'cutShort'>): string =>
  cutShort ? 'The run would go on, but is shown only up to here.' : 'The run ends here.';

const refused = (why: string): Reply => ({ kind: 'refused', why });

export class Engine {
  readonly #authored: Scenario;
  /** The edited sources that `#authored` was made with. */
  readonly sources: Sources;
  /** The engine from before the last edit, as long as that is kept. */
  former: Engine | null = null;
  /** As long as the inputs make it. */
  #scenario: Lengthened;
  readonly survey: Survey;
  readonly #names: Names;
  #run: history.Run;
  #show: Show;
  /** What was done, in the order in which it was. */
  #done: Input[];
  /** The runs before the last of them, oldest first. */
  #before: Done[] = [];

  /** A run of `scenario` with its seed and these inputs; {@link reach} puts the playhead somewhere. */
  constructor(scenario: Scenario, inputs: readonly Input[] = [], sources: Sources = {}) {
    this.sources = sources;
    this.#authored = scenario;
    this.#scenario = this.#asLongAs(inputs);
    this.#names = namesOf(scenario.world);
    this.#run = history.create(scenario.world, inputs);
    this.#run.interval = FIRST_INTERVAL;
    this.#done = [...this.#run.inputs];
    this.survey = new Survey(this.#scenario, this.#run.inputs, FIRST_INTERVAL);
    this.#show = {
      timeNs: START.timeNs,
      fromNs: START.timeNs,
      stretch: emptyStretch(),
      sentence: 'Nothing has happened yet.',
      log: [],
      passed: NOTHING_PASSED,
    };
  }

  get scenario(): Scenario {
    return this.#scenario;
  }

  /** The moment on show, with answers to `questions`. */
  moment(questions: Questions): Moment {
    const { sources, undoable } = this;
    return { ...momentOf(this.scenario, this.#run, this.#show, questions), sources, undoable };
  }

  place(): Place {
    const { slug, world } = this.scenario;
    const { inputs } = this.#run;
    const { at } = this.#run.world;
    const { sources } = this;
    return { slug, seed: world.seed, inputs, at, timeNs: this.#show.timeNs, sources };
  }

  /** Puts the playhead at `place`, whose seed and inputs are this engine's. */
  *reach({ at, timeNs }: Place): Work<void> {
    yield* this.#leap(at, Math.max(timeNs, at.timeNs));
  }

  /** The work of an order; what it ends with is the answer. Giving it up leaves the moment shown. */
  *begin(order: Exclude<Simple, { kind: 'reopen' }>, questions: Questions): Work<Reply> {
    const why = yield* this.#carryOut(order);
    if (why !== null) return typeof why === 'string' ? refused(why) : why;
    return { kind: 'moment', moment: this.moment(questions), opened: null };
  }

  /** After a defect: worlds that may be half-way are thrown away; the inputs are kept. */
  *recover(): Work<null> {
    const { timeNs } = this.#show;
    this.#run = history.withInputs(this.#run, this.#run.inputs);
    return yield* this.#leap(endOf(timeNs), timeNs);
  }

  /** Nothing was done in it. */
  get untouched(): boolean {
    return this.#done.length === 0;
  }

  /** Is there a deed, an edit, or a run from before one to go back from or to. */
  get undoable(): boolean {
    return !this.untouched || this.former !== null || Object.keys(this.sources).length > 0;
  }

  /** One slice of the survey; its checkpoints serve the playhead's run too. */
  surveySlice(): void {
    this.survey.proceed();
    const { run, finished } = this.survey;
    const last = run.checkpoints.at(-1)?.events ?? 0;
    if (!finished || last <= (this.#run.checkpoints.at(-1)?.events ?? 0)) return;
    this.#run.checkpoints = [...run.checkpoints];
    this.#run.interval = run.interval;
  }

  *#carryOut(order: Exclude<Simple, { kind: 'reopen' }>): Work<string | Reply | null> {
    switch (order.kind) {
      case 'seek':
        return yield* this.#seek(order.to);
      case 'step':
        return yield* this.#step(order);
      case 'advance':
        return yield* this.#advance(order.toNs);
      case 'deed':
        return yield* this.#deed(order.deed);
      case 'undo':
        return yield* this.#undo();
      case 'pcap':
        return yield* this.#pcap(order.cable);
      case 'look':
        return null;
    }
  }

  /** The inputs changed: the run ends at another time, and is looked through again. */
  #asLongAs(inputs: readonly Input[]): Lengthened {
    return lengthened(this.#authored, inputs, { edited: Object.keys(this.sources).length > 0 });
  }

  #lengthen(): void {
    const { inputs } = this.#run;
    this.#scenario = this.#asLongAs(inputs);
    this.survey.changed(this.#scenario, inputs);
  }

  get #end(): Position {
    return endOf(this.scenario.endsAtNs);
  }

  /** The playhead goes to `at`, or to the end of the run, not through what lies between. */
  *#leap(at: Position, wantedNs: number): Work<null> {
    yield* seek(this.#run, compare(at, this.#end) > 0 ? this.#end : at);
    const timeNs = Math.min(wantedNs, this.scenario.endsAtNs);
    const { log, last, passed } = yield* tailOf(this.#run, this.#names);
    const quiet = timeNs < 0 ? 'Nothing has happened yet.' : 'Nothing happens at this moment.';
    const sentence = sentenceOfStretch(last, null, this.#names) ?? quiet;
    this.#show = { timeNs, fromNs: timeNs, stretch: last, sentence, log, passed };
    return null;
  }

  *#seek(to: Position | number): Work<null> {
    const at = typeof to === 'number' ? endOf(Math.max(0, Math.floor(to))) : to;
    return yield* this.#leap(at, at.timeNs);
  }

  /** The playhead has gone through `stretch` to where the world is now, or on to `timeNs`. */
  #through(stretch: Stretch, grain: Grain | null, timeNs: number): null {
    const ended = timeNs >= this.scenario.endsAtNs ? sentenceAtEnd(this.#scenario) : null;
    const sentence = sentenceOfStretch(stretch, grain, this.#names) ?? ended;
    this.#show = {
      timeNs,
      fromNs: this.#show.timeNs,
      stretch,
      sentence: sentence ?? 'Time passes.',
      log: withLines(this.#show.log, stretch, this.#names),
      passed: NOTHING_PASSED,
    };
    return null;
  }

  *#step({ grain, direction, host }: Extract<Order, { kind: 'step' }>): Work<null> {
    const { hosts } = this.scenario.world;
    const number = hosts.findIndex(({ name }) => name === host);
    const only = number < 0 ? null : number;
    return yield* direction === 1 ? this.#forward(grain, only) : this.#back(grain, only);
  }

  *#forward(grain: Grain, host: number | null): Work<null> {
    const { stretch, ended } = yield* forward(this.#run, grain, this.#end, host);
    const { timeNs } = this.#run.world.at;
    return this.#through(stretch, grain, ended ? this.scenario.endsAtNs : timeNs);
  }

  *#back(grain: Grain, host: number | null): Work<null> {
    const { timeNs } = this.#show;
    const { at } = this.#run.world;
    // After the last event time can still have passed; then that event comes before the playhead.
    const from = timeNs > at.timeNs ? endOf(timeNs) : at;
    const went = yield* back(this.#run, grain, from, host);
    const to = this.#run.world.at;
    yield* this.#leap(to, to.timeNs);
    if (went === null) return null;
    const { stretch, begin } = went;
    const sentence = sentenceOfStretch(stretch, grain, this.#names) ?? this.#show.sentence;
    this.#show = { ...this.#show, stretch, sentence, fromNs: begin.timeNs };
    return null;
  }

  *#advance(toNs: number): Work<null> {
    const { timeNs } = this.#show;
    const untilNs = Math.min(Math.floor(toNs), this.scenario.endsAtNs);
    if (untilNs <= timeNs) return null;
    const fine = untilNs - timeNs <= FINE_STRETCH_NS;
    const from = this.#run.world.at;
    const stretch = yield* runOn(this.#run, endOf(untilNs), fine);
    const quiet = compare(this.#run.world.at, from) === 0 && untilNs < this.scenario.endsAtNs;
    if (quiet) this.#show = { ...this.#show, timeNs: untilNs };
    else this.#through(stretch, null, untilNs);
    return null;
  }

  #why(deed: Deed): string | null {
    const why = refusal(this.scenario, deed);
    if (why !== null || deed.kind !== 'fault' || deed.frame === undefined) return why;
    const flights = look(this.#run.world, { view: 'cable', part: deed.cable })?.flights ?? [];
    return flights.some(({ number }) => number === deed.frame)
      ? null
      : 'That frame is no longer on the cable. Step back to when it was, and try again.';
  }

  *#deed(deed: Deed): Work<string | null> {
    const why = this.#why(deed);
    if (why !== null) return why;
    const atNs = Math.max(0, this.#show.timeNs);
    if (atNs >= this.scenario.endsAtNs) return 'The run has ended: step back before you do that.';
    const input: Input = { atNs, deed };
    const from = outside(this.#run.world.at);
    const after = history.withDeed(this.#run, input);
    yield* seek(after, endOf(atNs));
    this.#before = [...this.#before, { input, before: this.#run }].slice(-MOST_BEFORE);
    this.#done.push(input);
    this.#run = after;
    this.#lengthen();
    const stretch = yield* watched(after, from, after.world.at, true);
    return this.#through(stretch, null, atNs);
  }

  *#undo(): Work<string | null> {
    const input = this.#done.at(-1);
    if (input === undefined) return 'There is nothing to undo: you have not changed this run.';
    const kept = this.#before.at(-1);
    const inputs = this.#run.inputs.filter((each) => each !== input);
    const { timeNs } = this.#show;
    const { at } = this.#run.world;
    const same = timeNs < input.atNs ? at : endOf(timeNs);
    this.#run = kept?.input === input ? kept.before : history.withInputs(this.#run, inputs);
    this.#before = this.#before.slice(0, -1);
    this.#done.pop();
    this.#lengthen();
    return yield* this.#leap(same, timeNs);
  }

  /** What came out of `cable` up to the playhead. */
  *#pcap(cable: string): Work<string | Reply> {
    if (!this.scenario.world.cables.some(({ name }) => name === cable))
      return `There is no cable called ${cable} here.`;
    const capture = captureOf([cable]);
    yield* watch(this.#run, START, outside(this.#run.world.at), capture.sink);
    return { kind: 'pcap', octets: capture.octets() };
  }
}
