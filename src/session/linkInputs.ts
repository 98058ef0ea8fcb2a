/** The entries of the input log as they stand in a link (plainInput.ts), judged and read. */
import * as v from 'valibot';
import { CABLE_PARAMETERS, type Input } from '../../simulator';
import { fromBase64url } from './base64url';

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const name = v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/));

const octets = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): Uint8Array => {
    const parsed = fromBase64url(dataset.value);
    if (parsed !== null) return parsed;
    addIssue({ message: 'not base64url' });
    return NEVER;
  }),
);

const fault = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['drop', 'duplicate']) }),
  v.strictObject({ kind: v.literal('corrupt'), bit: v.exactOptional(whole) }),
  v.strictObject({ kind: v.literal('delay'), delayNs: whole }),
]);

const deed = v.variant('kind', [
  v.strictObject({
    kind: v.literal('fault'),
    cable: name,
    fault,
    frame: v.exactOptional(whole),
  }),
  v.strictObject({ kind: v.picklist(['cut', 'mend']), cable: name }),
  v.strictObject({
    kind: v.literal('set'),
    cable: name,
    field: v.picklist(CABLE_PARAMETERS),
    value: v.pipe(v.number(), v.finite()),
  }),
  v.strictObject({ kind: v.picklist(['type', 'frame']), host: name, octets }),
  v.strictObject({ kind: v.literal('flip'), host: name, address: whole, bit: whole }),
  v.strictObject({ kind: v.literal('kill'), host: name, process: whole }),
]);

/** From `[atNs, deed]` to an entry of the log. */
export const inputSchema = v.pipe(
  v.strictTuple([whole, deed]),
  v.transform(([atNs, done]): Input => ({ atNs, deed: done })),
);
