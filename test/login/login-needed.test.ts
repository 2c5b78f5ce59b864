import { readAwsFiles } from '../../scripts/credentials/profiles/aws-files';
import { can } from '../../scripts/login/aws-cli';
import { loginNeeded, type LoginNeeded } from '../../scripts/login/login-needed';
import { makePlace, type Place } from '../credentials/place';

let place: Place;

beforeEach(() => {
  place = makePlace();
  place.inHome('.aws/config', `[profile new]
sso_session = acme
sso_account_id = 123456789012
sso_role_name = deployer
[sso-session acme]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access, codewhisperer:analysis
[profile old]
sso_start_url = https://old.awsapps.com/start
sso_region = us-east-1
sso_account_id = 123456789012
sso_role_name = deployer
[profile chain]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = old
[profile circle]
role_arn = arn:aws:iam::123456789012:role/x
source_profile = circle
[profile half]
sso_session = nothing
[profile cli]
login_session = arn:aws:iam::123456789012:user/dev
[profile keys]
aws_access_key_id = AKIAQYLPMN5HHHFPZAM2
aws_secret_access_key = x
`);
});
afterEach(() => place.remove());

const old: LoginNeeded = { kind: 'sso', settings: { profile: 'old', session: null, startUrl: 'https://old.awsapps.com/start', region: 'us-east-1', scopes: ['sso:account:access'] } };

test.each<[string, LoginNeeded | null]>([
  ['new', { kind: 'sso', settings: { profile: 'new', session: 'acme', startUrl: 'https://acme.awsapps.com/start', region: 'eu-west-1', scopes: ['sso:account:access', 'codewhisperer:analysis'] } }],
  ['old', old],
  ['chain', old],
  ['circle', null],
  ['half', null],
  ['cli', { kind: 'aws-login', profile: 'cli' }],
  ['keys', null],
])('of profile %s', (name, expected) => {
  const files = readAwsFiles(place.surroundings());
  const profile = files.profiles.get(name);
  expect(profile && loginNeeded(profile, files)).toEqual(expected);
});

test.each([
  [1, 45, [false, false, false, false]],
  [2, 8, [true, false, false, false]],
  [2, 21, [true, true, false, false]],
  [2, 32, [true, true, true, true]],
  [3, 0, [true, true, true, true]],
])('the AWS CLI %i.%i', (major, minor, expected) => {
  expect((['ssoLogin', 'ssoSession', 'deviceCode', 'login'] as const).map((what) => can({ file: 'aws', major, minor }, what))).toEqual(expected);
});
