import { platform } from '../lib/platform/platform';
import { Button } from './button';
import { toast } from './toast';
import { troubleWords } from './trouble';

/** Puts `text` where it can be pasted, and says so. */
export function CopyButton({ text, children }: { text: string; children: string }) {
  const copy = async () => {
    try {
      if ((await platform.copy(text)) === 'copied') toast('复制好了');
    } catch (error) {
      toast(troubleWords(error));
    }
  };
  return (
    <Button short look="text" onPress={() => void copy()}>
      {children}
    </Button>
  );
}
