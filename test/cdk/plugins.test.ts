import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pluginsOf } from '../../scripts/cdk/plugins';

test.each<[string, string[]]>([
  ['{}', []],
  ['{ "plugin": null }', []],
  ['{ "plugin": "one" }', ['one']],
  ['\uFEFF{ "plugin": ["one", "two"] }', ['one', 'two']],
  ['{ "plugin": ["one"', []],
  ['null', []],
])('cdk.json %j names the plugins %j', (text, plugins) => {
  const directory = mkdtempSync(join(tmpdir(), 'takeoff-plugins-'));
  try {
    expect(pluginsOf(directory)).toEqual([]);
    writeFileSync(join(directory, 'cdk.json'), text);
    expect(pluginsOf(directory)).toEqual(plugins);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
