import { useCall } from '../../../../lib/use-call';
import { whenWords } from '../../../../lib/time-words';
import { useNow } from '../../../../lib/use-now';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { PickRow } from '../../../../ui/pick-row';
import { Tag } from '../../../../ui/tags';
import { rowNameOf } from './row-name';
import { stateColour } from './state-colour';

interface EarlierProps {
  readonly selected: string | null;
  readonly onLook: (importId: string) => void;
}

/** What one has uploaded before, the latest first. */
export function Earlier({ selected, onLook }: EarlierProps) {
  const now = useNow();
  const list = useCall('rosters.list');
  return (
    <Await query={list} rows={1}>
      {({ items }) =>
        items.length > 0 && (
          <Card title="我最近的导入" bare>
            {items.map(({ id, kind, kindName, gridName, state, stateName, counts, rows, at }) => (
              <PickRow
                key={id}
                title={`${kindName} · ${gridName}`}
                words={`${whenWords(at, now)}　${rows} ${rowNameOf(kind)}${counts && counts.faulty > 0 ? `，${counts.faulty} 处要改` : ''}`}
                end={<Tag colour={stateColour(state)} words={stateName} />}
                chosen={id === selected}
                onPress={() => onLook(id)}
              />
            ))}
          </Card>
        )
      }
    </Await>
  );
}
