import { RemovalPolicy } from 'aws-cdk-lib/core';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Of a sample nothing is left behind: `npm run destroy` deletes the notes and the logs with the stack. */
export const removalPolicy = RemovalPolicy.DESTROY;

/** Long enough to look into yesterday's failure. */
export const logRetention = RetentionDays.ONE_WEEK;
