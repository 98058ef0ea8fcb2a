/**
 * The engine behind the screen: holds the run of one scenario and its playhead, carries orders out
 * in slices, and answers with whole moments. It knows no worker and no clock.
 */
import {
  compare,
  endOf,
  lengthened,
  run as history,
  START,
  type Deed,
  type Grain,
  type Input,
  type Lengthened,
  type Position,
  type Scenario,
} from '../../simulator';
import { Beside, type Other } from './beside';
import { meantIn, type Change } from './change';
import { Changes } from './changes';
import { tooLate, refusal } from './deeds';
import { momentOf, type Show } from './moment';
import { namesOf, type Names } from './names';
import { Outlook } from './outlook';
import type { Inquiry, Moment, Order, Passed, Place, Questions, Reply, Stand } from './protocol';
import {
  arrive,
  back,
  captured,
  forward,
  outside,
  runOn,
  seek,
  tailOf,
  watched,
  type Work,
} from './running';
import { AS_WRITTEN, isAsWritten, knobsNow, type Setup } from './setup';
import { emptyStretch, sentenceAtEnd, sentenceOfStretch, withLines, type Stretch } from './stretch';
import { Survey } from './survey';

/** Orders that the engine answers by itself; links and what asks of its history are around it. */
export type Simple = Exclude<
  Order,
  Inquiry | { readonly kind: 'open' | 'link' | 'program' | 'knob' | 'compare' }
>;

/** By time, what happens inside the parts is shown of stretches up to this long. */
const FINE_STRETCH_NS = 20_000;

/** Checkpoints are close at first, so that one step back in a short run is soon found. */
const FIRST_INTERVAL = 16;

const NOTHING_PASSED: Passed = { moves: [], notes: [] };

export class Engine {
  readonly #authored: Scenario;
  /** What `#authored` was made with that its author did not write. */
  readonly setup: Setup;
  /** The engine from before the last edit, as long as that is kept. */
  former: Engine | null = null;
  /** As long as the inputs make it. */
  #scenario: Lengthened;
  readonly survey: Survey;
  /** Where the chapters stop and whether a law is broken, of the whole run. */
  readonly outlook: Outlook;
  #beside: Beside | null = null;
  readonly #names: Names;
  #run: history.Run;
  #show: Show;
  readonly #changes: Changes;

  /** A run of `scenario` with its seed and these inputs; {@link reach} puts the playhead somewhere. */
  constructor(scenario: Scenario, inputs: readonly Input[] = [], setup: Setup = AS_WRITTEN) {
    this.setup = setup;
    this.#authored = scenario;
    this.#scenario = this.#asLongAs(inputs);
    this.#names = namesOf(scenario.world);
    this.#run = history.create(scenario.world, inputs);
    this.#run.interval = FIRST_INTERVAL;
    this.#changes = new Changes(this.#run.inputs);
    this.survey = new Survey(this.#scenario, this.#run.inputs, FIRST_INTERVAL);
    this.outlook = new Outlook(this.#scenario, this.#run.inputs, this.#names, !isAsWritten(setup));
    this.#show = {
      timeNs: START.timeNs,
      fromNs: START.timeNs,
      stretch: emptyStretch(),
      sentence: 'Nothing has happened yet.',
      log: [],
      passed: NOTHING_PASSED,
    };
  }

  /** On one clock with another run it goes on as long as the longer of both. */
  get scenario(): Scenario {
    const endsAtNs = Math.max(this.#scenario.endsAtNs, this.#beside?.endsAtNs ?? 0);
    return { ...this.#scenario, endsAtNs };
  }

  get world(): history.Run['world'] {
    return this.#run.world;
  }

  get inputs(): readonly Input[] {
    return this.#run.inputs;
  }

  /** The moment on show, with answers to `questions`. */
  moment(questions: Questions): Moment {
    const { undoable, setup, scenario } = this;
    const { inputs, world } = this.#run;
    const knobs = knobsNow(scenario, setup.knobs, inputs, this.#show.timeNs);
    const broken = this.outlook.brokenBy(world.at);
    const beside = this.#beside?.shown(this, questions) ?? null;
    const own = momentOf(scenario, this.#run, this.#show, questions);
    return { ...own, sources: setup.sources, turned: setup.knobs, knobs, undoable, broken, beside };
  }

  place(): Place {
    const { slug, world } = this.scenario;
    const { inputs } = this.#run;
    const { at } = this.#run.world;
    return { slug, seed: world.seed, inputs, at, timeNs: this.#show.timeNs, ...this.setup };
  }

  /** Puts the playhead at `place`, whose seed and inputs are this engine's. */
  *reach({ at, timeNs }: Place): Work<void> {
    yield* this.#leap(at, Math.max(timeNs, at.timeNs));
  }

  /** The work of an order; what it ends with is the answer. Giving it up leaves the moment shown. */
  *begin(order: Exclude<Simple, { kind: 'reopen' }>, questions: Questions): Work<Reply> {
    const why = yield* this.#carryOut(order);
    if (why !== null) return typeof why === 'string' ? { kind: 'refused', why } : why;
    yield* this.#besideFollows();
    return { kind: 'moment', moment: this.moment(questions), opened: null };
  }

  /** From now on `other` is shown beside it, at the same time; null ends that. */
  *compare(other: Other | null, title: string): Work<void> {
    this.#beside = other === null ? null : new Beside(other, title);
    yield* this.#besideFollows();
  }

  *#besideFollows(): Work<void> {
    if (this.#beside !== null) yield* this.#beside.follow(this.world.at, this.#show.timeNs);
  }

  /** After a defect: worlds that may be half-way are thrown away; the inputs are kept. */
  *recover(): Work<null> {
    const { timeNs } = this.#show;
    this.#run = history.withInputs(this.#run, this.#run.inputs);
    return yield* this.#leap(endOf(timeNs), timeNs);
  }

  /** The same, with another input log. */
  with(inputs: readonly Input[]): Engine {
    return new Engine(this.#authored, inputs, this.setup);
  }

  get atStart(): boolean {
    return this.#show.timeNs < 0;
  }

  /** Nothing was done in it. */
  get untouched(): boolean {
    return this.#changes.none;
  }

  /** Is there a deed, an edit, or a run from before one to go back from or to. */
  get undoable(): boolean {
    return !this.untouched || this.former !== null || !isAsWritten(this.setup);
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
        return yield* this.#advance(order);
      case 'chapter':
        return yield* this.#chapter(order.id);
      case 'foresee':
        return yield* this.#foresee(order.id);
      case 'deed':
        return yield* this.#deed(order.deed);
      case 'undo':
        return yield* this.#undo(order.change);
      case 'pcap':
        return yield* this.#pcap(order.cable);
      case 'look':
        return null;
    }
  }

  /** The inputs changed: the run ends at another time, and is looked through again. */
  #asLongAs(inputs: readonly Input[]): Lengthened {
    return lengthened(this.#authored, inputs, { edited: !isAsWritten(this.setup) });
  }

  #lengthen(): void {
    const { inputs } = this.#run;
    this.#scenario = this.#asLongAs(inputs);
    this.survey.changed(this.#scenario, inputs);
    this.outlook.changed(this.#scenario, inputs);
  }

  get #end(): Position {
    return endOf(this.scenario.endsAtNs);
  }

  get #here(): Stand {
    return { at: this.#run.world.at, timeNs: this.#show.timeNs };
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

  *#step({ grain, direction, host, until }: Extract<Order, { kind: 'step' }>): Work<null> {
    if (grain === 'chapter' && this.scenario.chapters.length > 0)
      return yield* this.#chapterAfter(direction);
    const { hosts } = this.scenario.world;
    const number = hosts.findIndex(({ name }) => name === host);
    const only = number < 0 ? null : number;
    if (direction === -1) return yield* this.#back(grain, only);
    return yield* this.#forward(grain, only, this.outlook.ahead(until, this.#here));
  }

  *#forward(grain: Grain, host: number | null, until: Stand | null): Work<null> {
    const limit = until === null ? this.#end : until.at;
    const last = grain === 'micro' ? limit : outside(limit);
    const { stretch, ended } = yield* forward(this.#run, grain, last, host);
    if (ended && until !== null) return yield* this.#arrive(until);
    const { timeNs } = this.#run.world.at;
    return this.#through(stretch, grain, ended ? this.scenario.endsAtNs : timeNs);
  }

  /** To `stand`, as if one had just stepped there. */
  *#arrive({ at, timeNs }: Stand): Work<null> {
    yield* this.#leap(at, timeNs);
    if (compare(at, START) <= 0 || compare(at, this.#end) >= 0) return null;
    const { stretch, begin } = yield* arrive(this.#run, at);
    const sentence = sentenceOfStretch(stretch, 'instruction', this.#names) ?? this.#show.sentence;
    this.#show = { ...this.#show, stretch, sentence, fromNs: begin.timeNs };
    return null;
  }

  *#chapter(id: string): Work<string | null> {
    const stand = yield* this.outlook.stand(id);
    if (typeof stand === 'string') return stand;
    return yield* this.#arrive(stand);
  }

  *#chapterAfter(direction: 1 | -1): Work<null> {
    const stand = yield* this.outlook.nextTo(this.#here, direction);
    if (stand !== null) return yield* this.#arrive(stand);
    return yield* direction === 1 ? this.#seek(this.#end) : this.#seek(START);
  }

  *#foresee(id: string): Work<string | Reply> {
    const evidence = yield* this.outlook.foresee(id);
    return typeof evidence === 'string' ? evidence : { kind: 'evidence', evidence };
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

  *#advance({ toNs, until }: Extract<Order, { kind: 'advance' }>): Work<null> {
    const { timeNs } = this.#show;
    const untilNs = Math.min(Math.floor(toNs), this.scenario.endsAtNs);
    const stop = this.outlook.ahead(until, this.#here);
    if (stop !== null && untilNs >= stop.timeNs) return yield* this.#arrive(stop);
    if (untilNs <= timeNs) return null;
    const fine = untilNs - timeNs <= FINE_STRETCH_NS;
    const from = this.#run.world.at;
    const stretch = yield* runOn(this.#run, endOf(untilNs), fine);
    const quiet = compare(this.#run.world.at, from) === 0 && untilNs < this.scenario.endsAtNs;
    if (quiet) this.#show = { ...this.#show, timeNs: untilNs };
    else this.#through(stretch, null, untilNs);
    return null;
  }

  *#deed(deed: Deed): Work<string | null> {
    const why = refusal(this.scenario, deed) ?? tooLate(this.world, deed);
    if (why !== null) return why;
    const atNs = Math.max(0, this.#show.timeNs);
    if (atNs >= this.scenario.endsAtNs) return 'The run has ended: step back before you do that.';
    const input: Input = { atNs, deed };
    const from = outside(this.#run.world.at);
    const after = history.withDeed(this.#run, input);
    yield* seek(after, endOf(atNs));
    this.#changes.add(input, this.#run);
    this.#run = after;
    this.#lengthen();
    const stretch = yield* watched(after, from, after.world.at, true);
    return this.#through(stretch, null, atNs);
  }

  *#undo(change: Change | undefined): Work<string | null> {
    const input = change ? meantIn(this.inputs, change) : this.#changes.last;
    if (input === null) return null;
    if (input === undefined) return 'There is nothing to undo: you have not changed this run.';
    const { timeNs } = this.#show;
    const same = timeNs < input.atNs ? this.world.at : endOf(timeNs);
    this.#run = this.#changes.without(input, this.#run);
    this.#lengthen();
    return yield* this.#leap(same, timeNs);
  }

  /** What came out of `cable` up to the playhead. */
  *#pcap(cable: string): Work<string | Reply> {
    if (!this.scenario.world.cables.some(({ name }) => name === cable))
      return `There is no cable called ${cable} here.`;
    return { kind: 'pcap', octets: yield* captured(this.#run, cable) };
  }
}
