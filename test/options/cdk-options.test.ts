import { cdkCommands, cdkOptionsOf, globalOptions, type CdkOption } from '../../scripts/options/cdk-options';
import { helpOptions, type HelpOption } from './cdk-help';

function comparable(options: readonly (CdkOption | HelpOption)[]): string[] {
  return options.map((option) => `${option.names.toSorted().join(' ')}: ${option.takes}`).toSorted();
}

/** `--rollback` has a short opposite, `-R`, which the help only mentions in its text. */
function listed(options: readonly CdkOption[]): readonly CdkOption[] {
  return options.filter((option) => option.names[0] !== 'R');
}

describe('the table of CDK\'s options', () => {
  test('lists what cdk --help lists', async () => {
    expect(comparable(globalOptions)).toEqual(comparable(await helpOptions(null)));
  });

  test.each(cdkCommands)('lists what cdk %s --help lists', async (command) => {
    expect(comparable(listed(cdkOptionsOf(command)))).toEqual(comparable(await helpOptions(command)));
  });

  test('says of each refused option why', () => {
    const reasons = cdkCommands.flatMap((command) => cdkOptionsOf(command)).flatMap(({ goes }) => (typeof goes === 'object' ? [goes.refused] : []));
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toMatch(/^[A-Z].{30,}[\w.]$/);
  });
});
