import { noticeRefusal } from './notice-refusals';
import { reasonOf, refusalWords, type Reason } from './refusal-reason';

test.each([
  [{ errno: 103, errMsg: 'chooseMedia:fail auth deny' }, 'switch'],
  [{ errno: 104, errMsg: 'chooseMedia:fail privacy permission is not authorized' }, 'privacy'],
  [{ errno: 112, errMsg: 'chooseMedia:fail api scope is not declared in the privacy agreement' }, 'account'],
  [{ errno: 1025, errMsg: 'chooseMedia:fail jsapi has been banned' }, 'account'],
  [{ errMsg: 'chooseMedia:fail privacy permission is not authorized' }, 'privacy'],
  [{ errMsg: 'chooseLocation:fail api scope is not declared in the privacy agreement' }, 'account'],
  [{ errMsg: 'operateRecorder:fail auth deny' }, 'switch'],
  [{ errMsg: 'chooseMedia:fail system permission denied' }, 'phone'],
  [{ errno: 103, errMsg: 'operateRecorder:fail:system permission denied' }, 'phone'],
  [{ errMsg: 'chooseMedia:fail no such file' }, null],
])('%j is refused by %s', (failure, reason) => expect(reasonOf(failure)).toBe(reason));

test.each([
  [10001, '微信通知现在开不了'],
  [10002, '网络不太好'],
  [10003, '网络不太好'],
  [10004, '微信通知现在开不了'],
  [10005, '请留在这一页再点一次'],
  [20001, '微信通知现在开不了'],
  [20002, '微信通知现在开不了'],
  [20003, '微信通知现在开不了'],
  [20004, '您在微信里关掉了这个小程序的全部通知'],
  [20005, '微信暂时不让这个小程序发通知'],
  [20013, '微信通知现在开不了'],
  [undefined, '微信通知现在开不了'],
])('%s says what it means, and where everything can be read', (errCode, words) => {
  expect(noticeRefusal(errCode)).toContain(words);
  expect(noticeRefusal(errCode)).toContain('在“消息”里都能看到');
});

test.each<[Reason, string]>([
  ['switch', '没有允许使用麦克风。可以写几句；打开了开关，再点一次就行'],
  ['privacy', '您没有同意使用麦克风，不要紧。可以写几句；想用的话，过十秒再点一次'],
  ['account', '这里暂时不能使用麦克风。可以写几句'],
  ['phone', '手机没有让微信使用麦克风。可以写几句；想用的话，请在手机的“设置”里找到微信，把它打开'],
])('refused by %s, the person reads what he can do instead', (reason, words) =>
  expect(refusalWords(reason, { what: '使用麦克风', instead: '可以写几句' })).toBe(words),
);
