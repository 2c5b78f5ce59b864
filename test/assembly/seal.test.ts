import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changedSince, sealAssembly } from '../../scripts/assembly/seal';
import { verifyUnchanged } from '../../scripts/cdk/verify-unchanged';

let directory: string;
const at = (path: string): string => join(directory, path);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'takeoff-seal-'));
  mkdirSync(at('asset.a'));
  writeFileSync(at('manifest.json'), '{}');
  writeFileSync(at('asset.a/index.js'), 'one');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('the seal of an assembly', () => {
  test('names every byte, name, mode and link that changes, and no lock of CDK', async () => {
    symlinkSync('index.js', at('asset.a/link'));
    const seal = await sealAssembly(directory);
    writeFileSync(at('read.123.1.lock'), '');
    writeFileSync(at('synth.lock'), '123');
    expect(await changedSince(seal, directory)).toEqual([]);
    writeFileSync(at('asset.a/index.js'), 'two');
    writeFileSync(at('asset.a/more.lock'), '');
    chmodSync(at('manifest.json'), 0o600);
    unlinkSync(at('asset.a/link'));
    symlinkSync('../manifest.json', at('asset.a/link'));
    expect(await changedSince(seal, directory)).toEqual(['asset.a/index.js', 'asset.a/link', 'asset.a/more.lock', 'manifest.json']);
    rmSync(at('asset.a'), { recursive: true });
    expect(await changedSince(seal, directory)).toEqual(['asset.a/index.js', 'asset.a/link', 'manifest.json']);
  });

  test('that is broken stops the hand-over, and says where', async () => {
    const seal = await sealAssembly(directory);
    await expect(verifyUnchanged({ directory, seal }, 'npm run deploy')).resolves.toBeUndefined();
    for (let number = 1; number <= 7; number++) writeFileSync(at(`asset.a/${number}`), '');
    await expect(verifyUnchanged({ directory, seal }, 'npm run deploy')).rejects.toMatchObject({
      code: 'ASSEMBLY_CHANGED', exitCode: 5, message: expect.stringMatching(/: asset\.a\/1, .*asset\.a\/5 and 2 more\. Nothing was uploaded/) as string, fix: expect.stringContaining('npm run deploy') as string,
    });
  });
});
