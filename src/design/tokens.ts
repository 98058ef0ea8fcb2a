/** What tokens.css says, read by the page that shows it: nothing of it is written down twice. */
import css from '../tokens.css?raw';

export type Token = {
  /** Without its dashes. */
  readonly name: string;
  readonly value: string;
  /** The remark behind it. */
  readonly remark: string;
};

export type Group = { readonly title: string; readonly tokens: readonly Token[] };

/** The title is the heading comment's beginning, up to the first colon or full stop. */
const titleOf = (comment: string): string => (/^[^:.]*/.exec(comment)?.[0] ?? '').trim();

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Groups of the first rule, in their order; each begins with a comment on a line of its own. */
export function groupsOf(text: string): Group[] {
  const rule = /:root \{([\s\S]*?)\n\}/.exec(text)?.[1] ?? '';
  return rule.split(/\n\n(?= {2}\/\*)/).flatMap((block) => {
    const comment = /^\s*\/\*([\s\S]*?)\*\//.exec(block)?.[1];
    if (comment === undefined) return [];
    const tokens = [...block.matchAll(/--([\w-]+):\s*([^;]+);[ \t]*(?:\/\*(.*?)\*\/)?/g)];
    return {
      title: titleOf(flat(comment)),
      tokens: tokens.map(([, name = '', value = '', remark = '']) => ({
        name,
        value: flat(value),
        remark: remark.trim(),
      })),
    };
  });
}

export const groups: readonly Group[] = groupsOf(css);

export const isColour = ({ value }: Token): boolean => value.startsWith('light-dark(');
