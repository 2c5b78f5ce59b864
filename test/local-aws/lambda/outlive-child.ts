import { addFunction, folderAws } from './folder-aws';
import { invokeFunction } from '../../../scripts/local-aws/lambda/invoke';

/** A process that has a function run `process.argv[2]` and says what the function writes, until it is killed. */
async function main(): Promise<void> {
  const local = { ...folderAws(), log: ({ text }: { readonly text: string }) => void process.stdout.write(`${text}\n`) };
  await addFunction(local, 'f', { 'index.js': `exports.handler = async () => { ${process.argv[2] ?? ''} };` }, { timeout: 60 });
  await invokeFunction(local, 'us-west-2', 'f', Buffer.from('{}'));
}

void main();
