import { useState } from 'react';
import { useMe } from '../../lib/session';
import { Button } from '../../ui/button';
import { Sheet } from '../../ui/sheet';
import { GridChoice, type ChosenGrid } from './grid-choice';

interface VillageFilterProps {
  readonly village: ChosenGrid | null;
  readonly onChange: (village: ChosenGrid | null) => void;
}

/** Which village, for whoever sees a whole town; nothing for everybody else. */
export function VillageFilter({ village, onChange }: VillageFilterProps) {
  const overTown = useMe()?.roles.some(({ tier }) => tier === 'town' || tier === 'county') ?? false;
  const [choosing, setChoosing] = useState(false);
  if (!overTown) return null;
  const choose = (chosen: ChosenGrid | null) => {
    onChange(chosen);
    setChoosing(false);
  };
  const all = (
    <Button look="plain" onPress={() => choose(null)}>
      全部村
    </Button>
  );
  return (
    <>
      <Button short look="plain" icon="list-filter" onPress={() => setChoosing(true)}>
        {village?.words ?? '全部村'}
      </Button>
      <Sheet title="看哪个村" open={choosing} onClose={() => setChoosing(false)} foot={village && all}>
        <GridChoice label="哪个村" value={null} to="village" onChange={choose} />
      </Sheet>
    </>
  );
}
