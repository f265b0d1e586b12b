import { View } from '@tarojs/components';
import type { Round } from '../../../../features/commitments/commitment';
import type { ReplyFrom } from '../../../../lib/endpoints';
import { go, goInstead } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { useFreshOnShow } from '../../../../lib/use-fresh-on-show';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Icon } from '../../../../ui/icon';
import { Pressable } from '../../../../ui/pressable';
import { FigureList } from './figure-list';
import { DoneBar } from './figure-table';
import { OrderChoice, type OrderProps } from './order-choice';
import { besideWords, doneName, owedWords, type FigureRow } from './row-words';

type Figures = ReplyFrom<'rounds.figures'>;

interface OrganizationFiguresProps extends OrderProps {
  readonly round: Round;
  readonly under: string | null;
  readonly alone: boolean;
}

/** An organisation and what is directly below it; a branch with its members for who watches over them. */
export function OrganizationFigures({ round, under, alone, order, onOrder }: OrganizationFiguresProps) {
  const query = useCall('rounds.figures', {
    params: { roundId: round.id },
    query: { order, ...(under ? { under } : {}), ...(alone ? { alone: 'true' } : {}) },
  });
  useFreshOnShow(query);
  return (
    <Await query={query}>
      {(figures) => (
        <>
          <Line figures={figures} alone={alone} />
          <Whole figures={figures} alone={alone} />
          {figures.sortable && <OrderChoice order={order} onOrder={onOrder} />}
          <FigureList rows={figures.rows} isOver={figures.round.isOver} onOpen={openRow} />
          <View className="figures-note">
            {figures.hidesMembers ? '每个人的，在承诺墙上一件一件看。' : ''}
            {`${doneName(figures.round.isOver)}的件数除以公示的件数，终止的也算在公示里。不到 4 件的不算比率。`}
          </View>
        </>
      )}
    </Await>
  );
}

/** Down to what is below; a member, or the deeds of the board itself, are looked at on the wall. */
function openRow({ kind, id, roundId, organizationId, opens }: FigureRow): void {
  if (kind === 'person') return void go('commitments', { roundId, personId: id });
  if (!opens) return void go('commitments', { roundId, organizationId });
  void go('commitmentFigures', { roundId, under: organizationId, ...(kind === 'alone' ? { alone: 'true' } : {}) });
}

/** From the town down to here; each leads back up. */
function Line({ figures: { line, round }, alone }: { figures: Figures; alone: boolean }) {
  const above = alone ? line : line.slice(0, -1);
  if (above.length === 0) return null;
  return (
    <View className="figures-line">
      {above.map(({ id, name }) => (
        <Pressable
          key={id}
          className="figures-line__step"
          role="link"
          label={`回到${name}`}
          onPress={() => void goInstead('commitmentFigures', { roundId: round.id, under: id })}
        >
          <View>{name}</View>
          <Icon name="chevron-right" />
        </Pressable>
      ))}
    </View>
  );
}

function Whole({ figures: { whole, round, year, line }, alone }: { figures: Figures; alone: boolean }) {
  const name = alone ? `${whole.name}本级` : whole.name;
  const beside = besideWords(whole);
  const here = { roundId: round.id, organizationId: whole.organizationId, name: whole.name };
  return (
    <Card>
      <View className="figures-whole__head">
        <View className="figures-whole__name">{`${name} ${year} 年，${round.stateName}`}</View>
        <Button
          short
          look="text"
          label={`${whole.name}的承诺墙`}
          onPress={() => void go('commitments', line.length > 1 ? here : { roundId: round.id })}
        >
          看承诺墙
        </Button>
      </View>
      <View className="figure__owed">{owedWords(whole)}</View>
      <DoneBar row={whole} isOver={round.isOver} />
      {beside !== '' && <View className="figure__beside">{beside}</View>}
    </Card>
  );
}
