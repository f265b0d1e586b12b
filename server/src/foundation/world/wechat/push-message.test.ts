import { PushRefused } from './push-cipher';
import { readPush, sealedIn } from './push-message';

const head = { ToUserName: 'gh_1', FromUserName: 'oPerson_1-x', CreateTime: 1714112445, MsgType: 'event' };
const xmlHead = `<ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[oPerson_1-x]]></FromUserName>
  <CreateTime>1714112445</CreateTime><MsgType><![CDATA[event]]></MsgType>`;
const json = (fields: object) => readPush(JSON.stringify({ ...head, ...fields }));
const xml = (inside: string) => readPush(`<xml>${xmlHead}${inside}</xml>`);

test('the sealed text is found in JSON and in XML', () => {
  expect(sealedIn('{"ToUserName":"gh_1","Encrypt":"abc="}')).toBe('abc=');
  expect(sealedIn('<xml>\n<ToUserName><![CDATA[gh_1]]></ToUserName><Encrypt><![CDATA[abc=]]></Encrypt></xml>')).toBe(
    'abc=',
  );
  expect(() => sealedIn('{"ToUserName":"gh_1"}')).toThrow(new PushRefused('open'));
  expect(() => sealedIn('<xml><Encrypt><a/></Encrypt></xml>')).toThrow(new PushRefused('open'));
  expect(() => sealedIn('neither')).toThrow(new PushRefused('form'));
});

test('whom it is about, and when: OpenID goes before the sender, and seconds may come as text', () => {
  const revoked = json({ Event: 'user_authorization_revoke', OpenID: 'oOther', CreateTime: '1714112445' });
  expect(revoked).toMatchObject({ event: 'user_authorization_revoke', openid: 'oOther' });
  expect(revoked.at).toEqual(new Date(1714112445_000));
  expect(json({ Event: 'x' }).openid).toBe('oPerson_1-x');
  expect(json({ MsgType: 'text', Content: '您好' }).event).toBe('text');
});

test('one item is a list of one, in JSON and in the wrapper of XML', () => {
  const item = { TemplateId: 't1', MsgID: '9', ErrorCode: '0', ErrorStatus: 'success' };
  const inXml = Object.entries(item)
    .map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`)
    .join('');
  const wrapped = (items: string) => xml(`<Event>sent</Event><SubscribeMsgSentEvent>${items}</SubscribeMsgSentEvent>`);
  expect(json({ Event: 'sent', List: item }).fields['List']).toEqual([item]);
  expect(json({ Event: 'sent', List: [item, item] }).fields['List']).toEqual([item, item]);
  expect(wrapped(`<List>${inXml}</List>`).fields['List']).toEqual([item]);
  expect(wrapped(`<List>${inXml}</List><List>${inXml}</List>`).fields['List']).toEqual([item, item]);
});

test('the verdict on a picture: its rows are a list, its result is not', () => {
  const row = { strategy: 'content_model', suggest: 'pass' };
  expect(json({ Event: 'wxa_media_check', detail: row, result: { suggest: 'pass' } }).fields).toMatchObject({
    detail: [row],
    result: { suggest: 'pass' },
  });
  const told = xml(
    `<Event>wxa_media_check</Event><detail><strategy>content_model</strategy><suggest>pass</suggest></detail>
     <result><suggest><![CDATA[risky]]></suggest><label>20002</label></result>`,
  );
  expect(told.fields).toMatchObject({ detail: [row], result: { suggest: 'risky', label: '20002' } });
});
