import { noticeRefusal } from './notice-refusals';
import { reasonOf } from './refusal-reason';

test.each([
  [{ errno: 103, errMsg: 'chooseMedia:fail auth deny' }, 'switch'],
  [{ errno: 104, errMsg: 'chooseMedia:fail privacy permission is not authorized' }, 'privacy'],
  [{ errno: 112, errMsg: 'chooseMedia:fail api scope is not declared in the privacy agreement' }, 'account'],
  [{ errno: 1025, errMsg: 'chooseMedia:fail jsapi has been banned' }, 'account'],
  [{ errMsg: 'chooseMedia:fail privacy permission is not authorized' }, 'privacy'],
  [{ errMsg: 'chooseLocation:fail api scope is not declared in the privacy agreement' }, 'account'],
  [{ errMsg: 'operateRecorder:fail auth deny' }, 'switch'],
  [{ errMsg: 'chooseMedia:fail system permission denied' }, 'switch'],
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
