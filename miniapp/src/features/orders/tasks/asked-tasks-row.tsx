import { useCall } from '../../../lib/use-call';
import { useFreshOnShow } from '../../../lib/use-fresh-on-show';
import { Card } from '../../../ui/card';
import { Row } from '../../../ui/row';

/** 换届: how many tasks wait for my answer, where there is any. */
export function AskedTasksRow({ onOpen }: { readonly onOpen: () => void }) {
  const query = useCall('boards.waiting');
  useFreshOnShow(query);
  const count = query.data?.heldTasks ?? 0;
  if (count === 0) return null;
  return (
    <Card bare>
      <Row
        icon="refresh-cw"
        title="手上的任务请您定"
        words={`职务有变动，${count} 件接着办还是交出去？`}
        onPress={onOpen}
      />
    </Card>
  );
}
