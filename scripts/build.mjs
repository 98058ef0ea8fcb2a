// `npm run build`: the site, into dist/.
import { buildSite } from './site.mjs';

await buildSite();
console.log('built dist/');
