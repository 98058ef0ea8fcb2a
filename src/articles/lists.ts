/** What lists of write-ups say. */
import type { About } from './article';

export const addressOf = ({ slug }: Pick<About, 'slug'>): string => `/write-ups/${slug}/`;

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
];

/** `23 November 2026`: the same on every machine, whatever its language. */
export function dateInWords(date: string): string {
  const [year = '', month = '', day = ''] = date.split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? month} ${year}`;
}
