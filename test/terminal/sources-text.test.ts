import { sourcesText } from '../../scripts/terminal/sources-text';
import { styleFor } from '../../scripts/terminal/style';

test('every source in order: why it has none, which one is used, what is ignored, what is broken', () => {
  const style = styleFor({ isTerminal: true, columns: 60, environment: { LANG: 'C.UTF-8', NO_COLOR: '1' } });
  expect(sourcesText([
    { title: '--profile', state: 'none', what: 'not given' },
    { title: 'environment keys', state: 'used', what: null },
    { title: 'AWS_PROFILE and AWS_DEFAULT_PROFILE', state: 'ignored', what: 'profile dev' },
    { title: 'web identity', state: 'none', what: null },
    { title: '.env', state: 'broken', what: 'BAD_CONFIG_FILE' },
    { title: 'default profile', state: 'none', what: 'there is none in ~/.aws/config and ~/.aws/credentials' },
  ], style)).toBe(`Sources, in order:
  --profile: not given
→ environment keys: used
  AWS_PROFILE and AWS_DEFAULT_PROFILE: ignored, profile dev
  web identity: none
  .env: cannot be used, BAD_CONFIG_FILE
  default profile: there is none in ~/.aws/config and
    ~/.aws/credentials`);
});
