import { View } from '@tarojs/components';
import { useState } from 'react';
import type { Category } from '../../../../features/catalog/category-choice';
import { servedGrid } from '../../../../features/grids/served-grid';
import { useDraft } from '../../../../lib/draft';
import { goBack, goInstead } from '../../../../lib/navigation';
import { useMe, type Me } from '../../../../lib/session';
import { useCall } from '../../../../lib/use-call';
import { useSubmit } from '../../../../lib/use-submit';
import { Await } from '../../../../ui/await';
import { Button } from '../../../../ui/button';
import { Page } from '../../../../ui/page';
import { toast } from '../../../../ui/toast';
import { Resumed } from '../../../../ui/resumed';
import { emptySettle, missingInSettle, settleBody, type SettleFields } from './settle-draft';
import { SettleQuestions } from './settle-questions';
import './index.scss';

/** 当场办结: who, what, where, what came of it, in one form, so that nobody presses five times for one drain. */
export default function SettlePage() {
  const me = useMe();
  const categories = useCall('categories.list');
  if (me && categories.data) return <SettleForm me={me} categories={categories.data.categories} />;
  return (
    <Page title="当场办结">
      <Await query={categories}>{() => null}</Await>
    </Page>
  );
}

const form = 'placeSettled';

function SettleForm({ me, categories }: { me: Me; categories: readonly Category[] }) {
  const served = servedGrid(me);
  const [begin] = useState<SettleFields>(() => ({ ...emptySettle, grid: served.group }));
  const draft = useDraft<SettleFields>(form, begin);
  const [tried, setTried] = useState(false);
  const { busy, refusal, send } = useSubmit();
  const category = categories.find(({ id }) => id === draft.fields.categoryId) ?? null;
  const photo = category?.photo ?? 'none';

  const missing = missingInSettle(draft.fields, photo);

  const settle = async () => {
    setTried(true);
    const [first] = Object.values(missing);
    if (first !== undefined) return toast(first);
    const { id, fields } = draft;
    const sent = { params: { orderId: id }, body: settleBody(fields, photo) };
    const title = `${category?.name ?? ''}：当场办结`;
    const state = await send({ id, key: 'orders.placeSettled', sent, photoIds: fields.photoIds, title, form, fields });
    if (state === 'refused') return;
    draft.clear();
    toast(state === 'sent' ? '办结了，等对方说行不行' : '写好了，等网络好了自动发出');
    await (state === 'sent' ? goInstead('order', { orderId: id }) : goBack());
  };
  return (
    <Page
      title="当场办结"
      bottom={
        <Button look="main" busy={busy} onPress={() => void settle()}>
          办结
        </Button>
      }
    >
      {refusal && <View className="settle__refused">{refusal.title}</View>}
      {draft.resumed && <Resumed onForget={draft.clear} />}
      <SettleQuestions
        fields={draft.fields}
        category={category}
        underId={served.underId}
        errors={{ ...(tried ? missing : {}), ...refusal?.fields }}
        change={draft.change}
      />
    </Page>
  );
}
