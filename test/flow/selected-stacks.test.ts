import type { AssemblyStack } from '../../scripts/assembly/assembly';
import { selectedStacks } from '../../scripts/flow/selected-stacks';
import { parseOptions } from '../../scripts/options/parse';

function stack(id: string, dependsOn: readonly string[] = []): AssemblyStack {
  return { id, name: id, account: null, region: null, bootstrap: null, deployRoleArn: null, lookupRoleArn: null, templateFile: '/x', dependsOn };
}

const assembly = { directory: '/x', stacks: [stack('Api', ['Data']), stack('Data')], missing: [], assetCommands: [] };

test.each<['deploy' | 'destroy', string[], string[]]>([
  ['deploy', ['Api'], ['Data', 'Api']],
  ['deploy', ['Api', '--exclusively'], ['Api']],
  ['deploy', ['-e', 'Api'], ['Api']],
  ['deploy', ['-fe', 'Api'], ['Api']],
  ['deploy', ['Api', '-e', 'false'], ['Data', 'Api']],
  ['deploy', ['Api', '-e', '--no-exclusively'], ['Data', 'Api']],
  ['deploy', ['--all'], ['Data', 'Api']],
  ['deploy', ['--all', 'true'], ['Data', 'Api']],
  ['deploy', ['--all=false', 'Data'], ['Data']],
  ['destroy', ['Data'], ['Api', 'Data']],
  ['destroy', ['Data', '-e'], ['Data']],
])('%s %j', (command, argv, expected) => {
  expect(selectedStacks(parseOptions(command, argv), command, assembly).map(({ id }) => id)).toEqual(expected);
});

test.each(['--ignore-no-stacks', '--ignoreNoStacks'])('%s lets an app without stacks pass', (option) => {
  const empty = { ...assembly, stacks: [] };
  expect(selectedStacks(parseOptions('deploy', [option]), 'deploy', empty)).toEqual([]);
  expect(() => selectedStacks(parseOptions('deploy', []), 'deploy', empty)).toThrow('no stacks');
});
