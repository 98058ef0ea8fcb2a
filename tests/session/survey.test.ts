import { expect, test } from 'vitest';
import type { Deed } from '../../simulator';
import { Survey } from '../../src/session/survey';
import { ping } from './scenarios';

test('what is done to a cable is marked once, whatever the cable says of it', () => {
  const deeds: readonly Deed[] = [
    { kind: 'cut', cable: 'cable' },
    { kind: 'mend', cable: 'cable' },
    { kind: 'fault', cable: 'cable', fault: { kind: 'drop' } },
  ];
  const log = deeds.map((each, index) => ({ atNs: 200_000 + index, deed: each }));
  const survey = new Survey(ping, log, 16);
  while (!survey.finished) survey.proceed();
  const inputs = survey.marks.filter(({ kind }) => kind === 'input');
  expect(inputs.map(({ label }) => label)).toEqual([
    'Somebody cuts the cable',
    'Somebody mends the cable',
    'Somebody drops the next frame on the cable',
  ]);
});
