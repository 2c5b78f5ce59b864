import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { App, Stack } from 'aws-cdk-lib/core';

/** An app that CDK's own rules refuse: a function without a role. */
const app = new App();
const stack = new Stack(app, 'Invalid');
const withoutRole = new CfnFunction(stack, 'Function', { code: { zipFile: '' }, role: '', runtime: 'nodejs24.x', handler: 'index.handler' });
withoutRole.addPropertyDeletionOverride('Role');
