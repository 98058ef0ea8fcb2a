// `npm run build`: the site, into dist/.
import { buildSiteOrExit } from './site.mjs';

await buildSiteOrExit();
console.log('built dist/');
