/** What a scenario has somebody type: text that its keyboards have, in order, within the run. */
import { fieldsOf, listAt, numberAt, show, within, type Fields, type Report } from './shape';

/** Printable ASCII, tab, and Enter, which is a line feed. */
const UNTYPABLE = /[^\t\n -~]/u;

function checkText(report: Report, { text }: Fields): void {
  if (typeof text !== 'string' || text === '') {
    report('text', `must be a text that is not empty, not ${show(text)}`);
    return;
  }
  const [odd] = UNTYPABLE.exec(text) ?? [];
  if (odd === undefined) return;
  const known = 'printable ASCII, Tab (\\t) and Enter (\\n)';
  report('text', `${show(odd)} is on no simulated keyboard; there are: ${known}`);
}

/** Of the computer called `name`; `endsAtNs` is null when that is wrong itself. */
export function checkKeyboard(
  outer: Report,
  { keyboard }: Fields,
  name: string,
  endsAtNs: number | null,
): void {
  if (keyboard === undefined) return;
  const report: Report = (field, message) => {
    outer(field, `on the keyboard of ${name}, ${message}`);
  };
  const most = endsAtNs === null ? {} : { most: endsAtNs };
  let beforeNs = 0;
  listAt(report, { keyboard }, 'keyboard').forEach((value, index) => {
    const at = within(report, `keyboard.${index}`);
    const press = fieldsOf(value);
    if (press === null) {
      at('', `a press must be an object, not ${show(value)}`);
      return;
    }
    checkText(at, press);
    const atNs = numberAt(at, press, 'atNs', { least: 0, whole: true, ...most });
    // One that comes late holds up those behind it: they would be pressed at its time.
    if (atNs !== null && atNs < beforeNs)
      at('atNs', `the soonest is first: ${atNs} comes after ${beforeNs}`);
    beforeNs = Math.max(beforeNs, atNs ?? 0);
  });
}
