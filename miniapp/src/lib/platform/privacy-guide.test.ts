import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { purposeOf } from '../privacy-asked';

/**
 * 用户隐私保护指引: a call that the county has not declared fails with errno 112 on every phone. So README.md has the list to
 * copy, and this holds it against what the app really calls (WeChat's own table of calls: 小程序用户隐私保护指引内容介绍).
 */
const guide: Readonly<Record<string, readonly string[]>> = {
  '收集你的昵称、头像': ['chooseAvatar', 'nickname', 'getUserInfo', 'getUserProfile'],
  收集你的位置信息: ['getLocation', 'startLocationUpdate', 'startLocationUpdateBackground', 'getFuzzyLocation'],
  收集你选择的位置信息: ['choosePoi', 'chooseLocation'],
  收集你的地址: ['chooseAddress'],
  收集你的发票信息: ['chooseInvoiceTitle', 'chooseInvoice'],
  收集你的微信运动步数: ['getWeRunData'],
  收集你的手机号: ['getPhoneNumber', 'getRealtimePhoneNumber'],
  收集你的车牌号: ['chooseLicensePlate'],
  收集你选中的照片或视频信息: ['chooseImage', 'chooseMedia', 'chooseVideo'],
  收集你选中的文件: ['chooseMessageFile'],
  访问你的麦克风: ['startRecord', 'getRecorderManager', 'joinVoIPChat', 'scope.record'],
  访问你的摄像头: ['createVKSession', 'createCameraContext', 'scope.camera'],
  访问你的蓝牙: ['openBluetoothAdapter', 'createBLEPeripheralServer', 'scope.bluetooth'],
  '使用你的相册（仅写入）权限': ['saveImageToPhotosAlbum', 'saveVideoToPhotosAlbum', 'scope.writePhotosAlbum'],
  '使用你的通讯录（仅写入）权限': ['addPhoneContact'],
  '使用你的日历（仅写入）权限': ['addPhoneRepeatCalendar', 'addPhoneCalendar'],
  调用你的加速传感器: ['startAccelerometer'],
  调用你的磁场传感器: ['startCompass'],
  调用你的方向传感器: ['startDeviceMotionListening'],
  调用你的陀螺仪传感器: ['startGyroscope'],
  读取你的剪切板: ['setClipboardData', 'getClipboardData'],
};

const src = path.join(import.meta.dirname, '..', '..');
const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'))
  .map((file) => readFileSync(path.join(src, file), 'utf8'))
  .join('\n');

/** As a function of Taro's, an `open-type`, the type of a box, or a scope. */
const isUsed = (name: string): boolean =>
  new RegExp(`Taro\\.${name}\\b|(opens|type|openType)="${name}"|'${name.replace('.', '\\.')}'`).test(code);

const used = Object.values(guide).flat().filter(isUsed);
const readme = readFileSync(path.join(src, '..', '..', 'README.md'), 'utf8');

test('README.md declares exactly what the app uses, each with its purpose', () => {
  const declared = [...readme.matchAll(/^ *\| ((?:收集|访问|使用|读取|调用)你的?[^|]+?) +\| ([^|]+?) +\|$/gm)];
  const wanted = Object.entries(guide).filter(([, names]) => names.some(isUsed));
  expect(declared.map(([, what]) => what)).toEqual(wanted.map(([what]) => what));
  declared.forEach(([, , why]) => expect(why).toMatch(/[一-鿿]{4}/));
});

test('the pop-up has words of its own for each of them', () => {
  const spoken = used.map((name) => [name, purposeOf(name.startsWith('scope.') ? 'authorize' : name).what]);
  expect(spoken.length).toBeGreaterThan(8);
  expect(spoken.filter(([, what]) => what === purposeOf('somethingNew').what)).toEqual([]);
});

test('app.json names the calls that tell a place', () => {
  const [, named = ''] = /requiredPrivateInfos: \[([^\]]*)\]/.exec(code) ?? [];
  const places = [...(guide['收集你的位置信息'] ?? []), ...(guide['收集你选择的位置信息'] ?? [])].filter((name) =>
    new RegExp(`Taro\\.${name}\\b`).test(code),
  );
  expect([...named.matchAll(/'(\w+)'/g)].map(([, name]) => name)).toEqual(places);
});
