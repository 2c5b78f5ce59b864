// The guide's prompts, word for word. A test compares them with its text.

/** Said before the first credential is asked for. */
export const notice = [
  "To deploy to AWS, I'll need your AWS credentials. Please provide:",
  '- AWS_ACCESS_KEY_ID',
  '- AWS_SECRET_ACCESS_KEY',
  '- AWS_SESSION_TOKEN (if using temporary credentials)',
  '- AWS_DEFAULT_REGION',
  '',
  "You can also configure these using 'aws configure' if you have the AWS CLI installed.",
].join('\n');

/** Asked of a person who has no credentials configured. */
export const menuQuestion = "I don't have AWS credentials configured. Would you like to:";

/** The choices that the guide has for it. */
export const menuChoices = {
  typed: 'Provide credentials now',
  profile: 'Use your existing AWS CLI configuration',
  dotenv: 'Set up credentials in a .env file',
} as const;

/** The choice that the guide does not have. */
export const localChoice = 'Try it on this machine, with no AWS account (--local)';

/** Said once credentials were typed and STS has accepted them. */
export const reminder = [
  'Remember: credentials are highly sensitive. Never commit them to git.',
  'Temporary credentials (with a session token) are preferred over long-term ones; rotate long-term ones regularly.',
].join('\n');
