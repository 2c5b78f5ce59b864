// Loaded before the wrapper with --import: its clock, and that of no other process, jumps by as many milliseconds as the
// file CLOCK_JUMP says, once that is there.
import { readFileSync } from 'node:fs';

const { CLOCK_JUMP: file = '' } = process.env;
const Real = Date;
let jump = 0;

function now() {
  if (jump === 0) {
    try {
      jump = Number(readFileSync(file, 'utf8'));
    } catch {
      // not yet
    }
  }
  return Real.now() + jump;
}

if (process.argv[1]?.endsWith('launch.mjs')) {
  globalThis.Date = class extends Real {
    constructor(...parts) {
      if (parts.length === 0) super(now());
      else super(...parts);
    }

    static now() {
      return now();
    }
  };
}
