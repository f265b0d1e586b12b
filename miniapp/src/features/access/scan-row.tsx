import { go } from '../../lib/navigation';
import { platform } from '../../lib/platform/platform';
import { confirm } from '../../ui/dialog';
import { Row } from '../../ui/row';
import { troubleWords } from '../../ui/trouble';
import { codeIn } from './scanned-code';

/** 扫码登录电脑, or 连接手机 for who is on no roll yet; where there is a camera to scan with. */
export function ScanRow({ newcomer }: { newcomer: boolean }) {
  const { scanCode } = platform;
  if (!scanCode) return null;
  return (
    <Row
      icon="scan-line"
      title={newcomer ? '扫码' : '扫码登录电脑'}
      words={newcomer ? '电脑上有人请您扫码连接账号时用' : '在办公电脑上打开三单，扫它的二维码'}
      onPress={() => void scan(scanCode)}
    />
  );
}

async function scan(scanCode: () => Promise<string | null>): Promise<void> {
  try {
    const scanned = await scanCode();
    if (scanned === null) return;
    const found = codeIn(scanned);
    if (found) return await go(found.page, { code: found.code });
    await confirm({
      title: '这不是“三单”电脑上的二维码',
      words: '请扫电脑上“三单”登录页，或者“连接我的手机”里的那一个。',
      yes: '知道了',
    });
  } catch (error) {
    await confirm({ title: troubleWords(error), yes: '知道了' });
  }
}
