// The fixture plugin's tools, by what they are for. Their names stay in core/testkit.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './distribution.mjs';

export const fixtures = JSON.parse(readFileSync(join(root, 'core/testkit/src/main/plugin/fixtures.json'), 'utf8'));
