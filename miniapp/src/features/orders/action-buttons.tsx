import { View } from '@tarojs/components';
import { useLargeType } from '../../lib/large-type';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';
import { Sheet } from '../../ui/sheet';
import './order-action-bar.scss';

interface Offered<Action extends string> {
  readonly action: Action;
  readonly label: string;
}

/** What stands at the foot: one filled, those with room beside it, and those put away behind 更多. */
export interface Arranged<Action extends string> {
  readonly main: Offered<Action> | null;
  readonly shown: readonly Offered<Action>[];
  readonly hidden: readonly Offered<Action>[];
}

const room = { normal: 3, large: 2 };

/** How many words a finger finds in one row at the foot. */
export const useRoom = (): number => useLargeType(({ large }) => (large ? room.large : room.normal));

export function arranged<Action extends string>(
  main: Offered<Action> | null,
  others: readonly Offered<Action>[],
  places: number,
): Arranged<Action> {
  if (others.length <= places) return { main, shown: others, hidden: [] };
  return { main, shown: others.slice(0, places - 1), hidden: others.slice(places - 1) };
}

interface ActionButtonsProps<Action extends string> {
  readonly actions: Arranged<Action>;
  readonly onOpen: (opened: Action | 'more') => void;
}

export const ActionButtons = <Action extends string>({ actions, onOpen }: ActionButtonsProps<Action>) => (
  <>
    {actions.main && <MainButton {...actions.main} onOpen={onOpen} />}
    {actions.shown.length > 0 && (
      <View className="action-bar__others">
        {actions.shown.map(({ action, label }) => (
          <Button key={action} short look="text" onPress={() => onOpen(action)}>
            {label}
          </Button>
        ))}
        {actions.hidden.length > 0 && (
          <Button short look="text" onPress={() => onOpen('more')}>
            更多
          </Button>
        )}
      </View>
    )}
  </>
);

interface MainButtonProps<Action extends string> extends Offered<Action> {
  readonly onOpen: (opened: Action) => void;
}

const MainButton = <Action extends string>({ action, label, onOpen }: MainButtonProps<Action>) => (
  <Button look="main" onPress={() => onOpen(action)}>
    {label}
  </Button>
);

interface MoreActionsProps<Action extends string> {
  readonly actions: readonly Offered<Action>[];
  readonly onOpen: (opened: Action | null) => void;
}

/** 更多: what found no room. */
export const MoreActions = <Action extends string>({ actions, onOpen }: MoreActionsProps<Action>) => (
  <Sheet title="还可以" open onClose={() => onOpen(null)}>
    <Card bare>
      {actions.map(({ action, label }) => (
        <Row key={action} title={label} onPress={() => onOpen(action)} />
      ))}
    </Card>
  </Sheet>
);
