import type { AssemblyStack } from '../../scripts/assembly/assembly';
import { inDeploymentOrder } from '../../scripts/assembly/deployment-order';
import { selectStacks, type Selection } from '../../scripts/assembly/select-stacks';
import * as fc from 'fast-check';

function stack(id: string, dependsOn: readonly string[] = []): AssemblyStack {
  return {
    id, name: id.replace('/', '-'), account: null, region: null, bootstrap: null, deployRoleArn: null, lookupRoleArn: null, templateFile: '/x',
    nested: id.includes('/'), dependsOn,
  };
}

const app = [stack('Notes', ['Api']), stack('Api'), stack('Prod/Api', ['Prod/Data']), stack('Prod/Data')];
const stages = app.slice(2);

function selected(selection: Partial<Selection>, among = app): string[] {
  return selectStacks({ stacks: among }, { command: 'deploy', names: [], all: false, exclusively: false, ...selection }).map(({ id }) => id);
}

function refusal(selection: Partial<Selection>, among = app): unknown {
  try {
    return selected(selection, among);
  } catch (error) {
    return error;
  }
}

describe('patterns', () => {
  test.each<[string[], string[]]>([
    [['Notes'], ['Notes']],
    [['Api', 'Notes'], ['Api', 'Notes']],
    [['Notes', 'Notes'], ['Notes']],
    [['Prod/*'], ['Prod/Data', 'Prod/Api']],
    [['*'], ['Api', 'Notes']],
    [['**'], ['Api', 'Notes', 'Prod/Data', 'Prod/Api']],
    [['**/Api'], ['Api', 'Prod/Api']],
    [['*/A?i'], ['Prod/Api']],
    [['Prod/{Api,Data}'], ['Prod/Data', 'Prod/Api']],
    [['Prod/[A-C]*'], ['Prod/Api']],
    [['!Prod/*'], ['Api', 'Notes']],
    [['**', '!*/Api'], ['Api', 'Notes', 'Prod/Data']],
  ])('%j', (names, expected) => {
    expect(selected({ names, exclusively: true })).toEqual(expected);
  });

  test.each<[string[], RegExp, RegExp]>([
    [['Note'], /No stack matches Note\. The nearest is Notes\./, /Notes, Api, Prod\/Api, Prod\/Data/],
    [['Notes', 'Zzzzzzzz'], /No stack matches Zzzzzzzz\.$/, /Notes, Api/],
    [['notes'], /The nearest is Notes/, /Notes/],
    [['Stage/*'], /No stack matches Stage\/\*/, /in quotes/],
    [['Prod-Api'], /is the name in CloudFormation/, /npm run deploy -- Prod\/Api$/],
    [['Notes', '!Notes'], /No stack matches Notes !Notes/, /Notes/],
    [[''], /empty/, /leave it out/],
  ])('%j is refused', (names, message, fix) => {
    expect(refusal({ names })).toMatchObject({ code: 'USAGE', message: expect.stringMatching(message) as string, fix: expect.stringMatching(fix) as string });
  });
});

describe('without a name', () => {
  test('the only stack outside stages is taken, whatever is in them', () => {
    expect(selected({}, app.slice(1))).toEqual(['Api']);
    expect(selected({ command: 'destroy' }, app.slice(1))).toEqual(['Api']);
  });

  test('--all takes those outside stages, and outweighs names', () => {
    expect(selected({ all: true })).toEqual(['Api', 'Notes']);
    expect(selected({ all: true, names: ['Prod/*'] })).toEqual(['Api', 'Notes']);
  });

  test('diff takes those outside stages, and none of an app that has only stages', () => {
    expect(selected({ command: 'diff' })).toEqual(['Api', 'Notes']);
    expect(selected({ command: 'diff' }, stages)).toEqual([]);
  });

  test('several are refused, with the commands that say which', () => {
    expect(refusal({})).toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('more than one stack (Notes, Api, Prod/Api, Prod/Data)') as string,
      fix: "npm run deploy -- Notes   (one of them)\nnpm run deploy -- --all   (or all outside stages)\nnpm run deploy -- 'Prod/*'   (or those of a stage)",
    });
  });

  test.each([false, true])('only stages are refused, with --all too (%p)', (all) => {
    expect(refusal({ all, command: 'destroy' }, stages)).toMatchObject({ code: 'USAGE', fix: "npm run destroy -- 'Prod/*'" });
  });

  test('commands that are shown lead to the same account', () => {
    const sameOptions = '--env prod';
    expect(refusal({ sameOptions })).toMatchObject({ fix: "npm run deploy -- Notes --env prod   (one of them)\nnpm run deploy -- --all --env prod   (or all outside stages)\nnpm run deploy -- 'Prod/*' --env prod   (or those of a stage)" });
    expect(refusal({ sameOptions, names: ['Prod-Api'] })).toMatchObject({ fix: 'npm run deploy -- Prod/Api --env prod' });
  });

  test('an app without stacks is refused, unless that is to be ignored', () => {
    expect(refusal({}, [])).toMatchObject({ code: 'USAGE', message: 'The app has no stacks.' });
    expect(selected({ ignoreNoStacks: true }, [])).toEqual([]);
  });
});

describe('what comes along', () => {
  const chain = [stack('C', ['B']), stack('A'), stack('B', ['A']), stack('D')];

  test.each<[Partial<Selection>, string[]]>([
    [{ names: ['C'] }, ['A', 'B', 'C']],
    [{ names: ['A'] }, ['A']],
    [{ names: ['C'], exclusively: true }, ['C']],
    [{ names: ['C'], command: 'diff' }, ['A', 'B', 'C']],
    [{ names: ['A'], command: 'destroy' }, ['C', 'B', 'A']],
    [{ names: ['C'], command: 'destroy' }, ['C']],
    [{ names: ['A'], command: 'destroy', exclusively: true }, ['A']],
    [{ all: true, command: 'destroy' }, ['D', 'C', 'B', 'A']],
  ])('%j', (selection, expected) => {
    expect(selected(selection, chain)).toEqual(expected);
  });
});

test('in deployment order nothing is lost, and each comes after what it depends on', () => {
  const graphs = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { maxLength: 30 }).chain((edges) => {
    // Stacks depend on earlier ones only, so that there is no circle; then they are shuffled.
    const stacks = edges.map((targets, index) => stack(`S${index}`, targets.filter((target) => target < index).map((target) => `S${target}`)));
    return fc.shuffledSubarray(stacks, { minLength: stacks.length });
  });
  fc.assert(fc.property(graphs, (stacks) => {
    const ids = inDeploymentOrder(stacks).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(stacks.map(({ id }) => id).toSorted());
    for (const { id, dependsOn = [] } of stacks) {
      for (const other of dependsOn) expect(ids.indexOf(other)).toBeLessThan(ids.indexOf(id));
    }
  }));
});
