// Reads the audit log as it lies on the disk.

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every whole record of a data folder, in order. */
export function records(data) {
  const folder = join(data, 'audit');
  return readdirSync(folder)
    .filter(file => /^\d{8}T/.test(file))
    .sort()
    .flatMap(file => readFileSync(join(folder, file), 'utf8').split('\n').slice(0, -1))
    .map(line => JSON.parse(line));
}

/** The records that do not follow the one before. */
export function broken(data) {
  const folder = join(data, 'audit');
  let before = '0'.repeat(64);
  return readdirSync(folder)
    .filter(file => /^\d{8}T/.test(file))
    .sort()
    .flatMap(file => readFileSync(join(folder, file), 'ascii').split('\n').slice(0, -1))
    .filter(line => {
      const [, text, previous, hash] = /^(.*,"prev":"([0-9a-f]{64})"),"hash":"([0-9a-f]{64})"}$/.exec(line) ?? [];
      const computed = createHash('sha256').update(Buffer.from(before, 'hex')).update(`${text}}`).digest('hex');
      const follows = previous === before && computed === hash;
      before = hash ?? before;
      return !follows;
    });
}

/** What the audit log says of arguments: the SHA-256 of their JSON, keys in order. The values here are plain text. */
export function hash(args) {
  return createHash('sha256').update(JSON.stringify(args, Object.keys(args).sort())).digest('hex');
}
