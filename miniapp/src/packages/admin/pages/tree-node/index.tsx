import { useRouter } from '@tarojs/taro';
import { Page } from '../../../../ui/page';
import { NodeView } from '../../nodes/node-view';

export default function TreeNodePage() {
  const { tree, nodeId = '' } = useRouter().params;
  return (
    <Page title={tree === 'party' ? '党组织' : '网格'}>
      <NodeView tree={tree === 'party' ? 'party' : 'grid'} nodeId={nodeId} />
    </Page>
  );
}
