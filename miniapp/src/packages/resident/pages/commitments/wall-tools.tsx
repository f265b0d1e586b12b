import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Round } from '../../../../features/commitments/commitment';
import { NoticeSheet } from '../../../../features/commitments/notice-sheet';
import { ShowcasesRow, useLatestShowcase } from '../../../../features/commitments/showcase-doors';
import { ShareButtons } from '../../../../features/links/share-bar';
import { useShareCard } from '../../../../features/links/use-share-card';
import { useMe } from '../../../../lib/session';
import { useCall } from '../../../../lib/use-call';
import { Button } from '../../../../ui/button';
import { Card } from '../../../../ui/card';
import { Sheet } from '../../../../ui/sheet';
import { ExportRows } from './export-rows';
import type { WallFilters } from './wall-filters';

interface WallToolsProps {
  readonly round: Round;
  readonly filters: WallFilters;
  readonly q: string;
}

type Shared = Parameters<typeof ShareButtons>[0];

/** Beside the list: 公示表, and what is wanted less often behind 更多. The wall of one member is sent on as his. */
export function WallTools(props: WallToolsProps) {
  const { personId, organizationId } = props.filters;
  if (personId !== null) return <ToolsOfMember {...props} personId={personId} />;
  return <ToolsOfOrganization {...props} organizationId={organizationId ?? props.round.organizationId} />;
}

function ToolsOfMember({ personId, ...props }: WallToolsProps & { personId: string }) {
  const { data } = useCall('cards.member', { params: { personId } });
  const shared = data && {
    linked: { what: 'member' as const, thingId: personId },
    title: `${data.name}，${data.organization.name}`,
    leadsTo: '扫一扫，看这位党员今年承诺了什么',
  };
  return <Tools {...props} shared={shared} />;
}

function ToolsOfOrganization({ organizationId, ...props }: WallToolsProps & { organizationId: string }) {
  const { data } = useCall('cards.organization', { params: { organizationId } });
  const shared = data && {
    linked: { what: 'organization' as const, thingId: organizationId },
    title: `${data.name}的承诺墙`,
    leadsTo: '扫一扫，看今年承诺了什么、办到哪一步',
  };
  return <Tools {...props} shared={shared} />;
}

type ToolsProps = WallToolsProps & { readonly shared: Shared | undefined };

function Tools({ shared, ...listed }: ToolsProps) {
  const [open, setOpen] = useState<'notice' | 'more' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      {shared && <SharedPage {...shared} />}
      <Button short look="text" icon="file-text" onPress={() => setOpen('notice')}>
        公示表
      </Button>
      <Button short look="text" icon="ellipsis" onPress={() => setOpen('more')}>
        更多
      </Button>
      {open === 'notice' && <NoticeSheet round={listed.round} onClose={close} />}
      {open === 'more' && <MoreSheet {...listed} shared={shared} onClose={close} />}
    </>
  );
}

function MoreSheet({ shared, onClose, ...listed }: ToolsProps & { onClose: () => void }) {
  const watches = useMe()?.can.includes('round.watch') ?? false;
  const showcase = useLatestShowcase();
  return (
    <Sheet title="更多" open onClose={onClose}>
      {shared && <ShareButtons {...shared} />}
      {(watches || showcase) && (
        <Card bare>
          <ShowcasesRow />
          {watches && <ExportRows {...listed} onDone={onClose} />}
        </Card>
      )}
      {watches && <View className="wall__export-note">导出的表上写着您的名字，也会记下来。</View>}
    </Sheet>
  );
}

/** Makes the page one that can be sent on, whether the sheet is open or not. */
function SharedPage({ linked, title }: Shared) {
  useShareCard({ linked, title, shareable: true });
  return null;
}
