/** `list`: the scenarios. */
import { parseArgs } from 'node:util';
import { scenarios } from '../../catalogue';
import type { Verb } from '../verb';

export const list: Verb = {
  usage: 'list [--json]',
  summary: 'the scenarios, a line each',
  help: '  --json  a list of { slug, title, summary, version, chapters, knobs }\n',
  run: (words) => {
    const { values } = parseArgs({ args: [...words], options: { json: { type: 'boolean' } } });
    if (values.json === true) {
      const rows = scenarios.map(({ slug, title, summary, version, chapters, knobs }) => ({
        slug,
        title,
        summary,
        version,
        chapters: chapters.map(({ id, title: heading, prediction }) => ({
          id,
          title: heading,
          asks: prediction?.question.kind ?? null,
        })),
        knobs: knobs.map(({ name, title: heading, means, range }) => ({
          name,
          title: heading,
          means,
          range,
        })),
      }));
      process.stdout.write(`${JSON.stringify(rows)}\n`);
      return 0;
    }
    for (const { slug, summary } of scenarios)
      process.stdout.write(`${slug.padEnd(20)}${summary}\n`);
    return 0;
  },
};
