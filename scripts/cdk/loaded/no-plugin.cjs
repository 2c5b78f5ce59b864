// What CDK loads where it is to load no plugin: the command line's overrule those of its files, and must name one.
module.exports = { version: '1' };
