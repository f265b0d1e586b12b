import { useState } from 'react';
import { uploadPhoto } from '../../../../lib/client';
import { newId } from '../../../../lib/ids';
import { platform } from '../../../../lib/platform/platform';
import { troubleWords } from '../../../../ui/trouble';

/** A chosen picture on its way: made small and square, sent, and forgotten here. `onSent` makes it mine. */
export function usePicture(onSent: (pictureId: string) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const take = async (chosen: string) => {
    const id = newId();
    setBusy(true);
    setTrouble(null);
    try {
      await platform.keepFace(id, chosen);
      await uploadPhoto(id, () => undefined);
      await onSent(id);
    } catch (error) {
      setTrouble(troubleWords(error));
    } finally {
      setBusy(false);
      await platform.dropPhoto(id);
    }
  };
  return { busy, trouble, take, refused: setTrouble };
}
