import { useEffect, useState } from 'react';
import { platform } from './platform/platform';

/** Where photos kept on this phone can be seen; an id is missing while its address is being looked up, null when it is gone. */
export function useKeptPhotos(photoIds: readonly string[]): Record<string, string | null> {
  const [addresses, setAddresses] = useState<Record<string, string | null>>({});
  const wanted = photoIds.join();
  useEffect(() => {
    let gone = false;
    const look = async (photoId: string) => {
      const address = await platform.keptPhoto(photoId);
      if (!gone) setAddresses((known) => ({ ...known, [photoId]: address }));
    };
    void Promise.all(wanted.split(',').filter(Boolean).map(look));
    return () => {
      gone = true;
    };
  }, [wanted]);
  return addresses;
}
