/** The only door out of the engine: what scenarios, the screen and the command line may use. */
export { formatIpv4, formatMac, parseIpv4, parseMac } from './contract/address';
export { alone } from './bits/slab';
export { crc32 } from './bits/crc';
export type { Plain } from './contract/plain';
export {
  compare,
  endOf,
  format,
  INSTRUCTION,
  OUTSIDE,
  parse,
  START,
  type Position,
} from './contract/position';
export type { Sink } from './contract/see';
export type { Grain, Id, Move, Note } from './contract/seen';
export {
  createBare,
  printedBy,
  retiredOf,
  runBare,
  tohostOf,
  wordsBetween,
  type Bare,
} from './host/bare';
export type { EngineName } from './host/processor';
export { create as createWorld } from './world/world';
export { proceed as proceedWorld } from './world/loop';
export { deviceAt, RAM_BASE } from './contract/map';
export { COSTS } from './contract/costs';
export { assemble, link, type SourceError } from './isa/assembler/assemble';
export { parseElf } from './isa/elf/read';
export { writeElf } from './isa/elf/write';
export { CABLE_PARAMETERS, parametersOf, type CableParameter } from './link/parameters';
export { hexAddress, type Image } from './isa/image';
export { instructionsOf } from './isa/instructions';
export { csrFields } from './isa/rv32/csrFields';
export { decode as decodeInstruction, octetsOf as instructionOctets } from './isa/rv32/decode';
export { parseMarch } from './isa/rv32/extensions';
export { disassemble } from './isa/rv32/disassemble';
export { explain as explainInstruction } from './isa/rv32/explain';
export { registerName } from './isa/rv32/registers';
export { symbolLookup } from './isa/symbolAt';
export { programFrom, type Assembled } from './host/program';
export type { AssemblyError } from './isa/assembler/errors';
export {
  host,
  type ComputerSpec,
  type HostSpec,
  type MachineProgram,
  type ProgramSpec,
} from './host/spec';
export type { InstructionView, MachineView } from './host/machineView';
export { SIGNALS, TRANSITIONS, type Signals, type StateName } from './cpu/control/states';
export { ALU, evaluateGates } from './cpu/gates/alu';
export type { DescriptorView, NicView, RamView, RingView } from './host/view';
export type { Fault, FaultKind, Note as CableNote } from './link/cable';
export { captureOf } from './link/capture';
export type { Note as KernelNote } from './os/notes';
export { callText, sentence as kernelSentence } from './os/sentences';
export type { Deed, Input } from './world/input';
export { check, INVARIANTS, type InvariantName, type Verdict } from './world/invariants';
export { CHARTS, readings, type Chart, type ChartName } from './world/charts';
export { measure, type MeasureName } from './world/measures';
export { hash } from './world/save';
export type { CableSpec, WorldSpec } from './world/spec';
export { differing } from './world/differ';
export {
  look,
  versionOf,
  type Answer,
  type CableView,
  type FlightView,
  type Query,
} from './world/view';
export { lengthened, type Lengthened, type Scenario } from './scenario/scenario';
export * as foresee from './scenario/foresee';
export { isRight } from './scenario/answer';
export { isGuess } from './scenario/guess';
export { guessWords, NONE_OF_THESE } from './scenario/words';
export { fits, type Seen } from './scenario/matcher';
export { COMPUTER_PARTS, placesOf } from './scenario/places';
export {
  checkKnob,
  onStep,
  parseKnob,
  presetOf,
  readersValue,
  withKnobs,
  worldValue,
} from './scenario/knobs';
export * as locate from './scenario/locate';
export { check as checkScenario, complaintText, type Complaint } from './scenario/validate/check';
export type {
  Cells,
  Chapter,
  Given,
  Guess,
  Knob,
  KnobValue,
  KnobValues,
  Matcher,
  Option,
  Parameter,
  Pattern,
  Prediction,
  Question,
  Stop,
} from './scenario/format';
export { dissect, summarise } from './wire/dissect';
export type { Field, Layer } from './wire/dissect/field';
export { seal as sealFrame } from './wire/ethernet';
export * as run from './history/run';
export * as step from './history/step';
