import { go } from '../../lib/navigation';
import { platform } from '../../lib/platform/platform';
import { confirm } from '../../ui/dialog';
import { Row } from '../../ui/row';
import { troubleWords } from '../../ui/trouble';
import { signInCodeIn } from './scanned-code';

/** 扫码登录电脑, where there is a camera to scan with. */
export function ScanRow() {
  const { scanCode } = platform;
  if (!scanCode) return null;
  return (
    <Row
      icon="scan-line"
      title="扫码登录电脑"
      words="在办公电脑上打开三单，扫它的二维码"
      onPress={() => void scan(scanCode)}
    />
  );
}

async function scan(scanCode: () => Promise<string | null>): Promise<void> {
  try {
    const scanned = await scanCode();
    if (scanned === null) return;
    const code = signInCodeIn(scanned);
    if (code) return await go('confirmSignIn', { code });
    await confirm({ title: '这不是电脑登录的二维码', words: '请扫电脑上“三单”登录页里的那一个。', yes: '知道了' });
  } catch (error) {
    await confirm({ title: troubleWords(error), yes: '知道了' });
  }
}
