import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import * as fc from 'fast-check';
import { flatList, xml, XmlList } from '../../scripts/local-aws/xml';

describe('an XML answer', () => {
  it('has lists of members, flat lists, empty elements, and none for what is undefined', () => {
    expect(xml('R xmlns="urn:x"', { A: 1, B: ['x', { C: true }], D: null, E: undefined })).toBe('<R xmlns="urn:x"><A>1</A><B><member>x</member><member><C>true</C></member></B><D></D></R>');
    expect(xml('R', { Contents: flatList([{ Key: 'a' }, { Key: 'b' }]) })).toBe('<R><Contents><Key>a</Key></Contents><Contents><Key>b</Key></Contents></R>');
    expect(xml('R', { Buckets: new XmlList(['a'], 'Bucket') })).toBe('<R><Buckets><Bucket>a</Bucket></Buckets></R>');
  });

  it('puts the replacement character for what XML cannot hold', () => {
    expect(xml('R', 'a\u0000b\u001Fc')).toBe('<R>a\uFFFDb\uFFFDc</R>');
  });

  it('gives the SDK back every text that XML can hold', async () => {
    let body = '';
    const server = createServer((_request, response) => response.setHeader('content-type', 'text/xml').end(body));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const client = new CloudFormationClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, region: 'us-west-2', credentials: { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'not-a-secret' },
    });
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).map((one) => `<${one}&amp;\r\n"'>`);
    await fc.assert(fc.asyncProperty(text, async (value) => {
      body = xml('GetTemplateResponse', { GetTemplateResult: { TemplateBody: value } });
      expect((await client.send(new GetTemplateCommand({ StackName: 'app' }))).TemplateBody).toBe(value);
    }), { numRuns: 50 });
    client.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
});
