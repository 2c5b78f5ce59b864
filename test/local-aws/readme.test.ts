import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modelTable } from './model-table';

const path = join(__dirname, '../../README.md');
const section = /(?<=<!-- local-aws: written by TAKEOFF_WRITE=1 npm test -- test\/local-aws\/readme -->\n\n)[^]*?(?=\n\n<!-- \/local-aws -->)/;

test("the README's table of what the local AWS models is that of the code", () => {
  const readme = readFileSync(path, 'utf8');
  if (process.env['TAKEOFF_WRITE'] === '1') writeFileSync(path, readme.replace(section, modelTable));
  expect(section.exec(readFileSync(path, 'utf8'))?.[0]).toBe(modelTable());
});
