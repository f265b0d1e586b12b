import { ActSheet } from '../../../../features/orders/act-sheet';
import { useDraft } from '../../../../lib/draft';
import { useAct } from '../../../../lib/use-call';
import { TextArea } from '../../../../ui/field';
import { toast } from '../../../../ui/toast';
import type { Person, PostHeld } from './index';

const useReason = (form: string) => {
  const draft = useDraft(form, { reason: '' });
  const field = (
    <TextArea
      label="为什么？"
      hint="会记在历史里，本人也看得到。"
      maxLength={200}
      value={draft.fields.reason}
      onChange={(reason) => draft.change({ reason })}
    />
  );
  return { reason: draft.fields.reason.trim(), clear: draft.clear, field };
};

/** 免职, at once. */
export function EndPostSheet({ post, onClose }: { post: PostHeld; onClose: () => void }) {
  const act = useAct('posts.end', { postId: post.id });
  const { reason, clear, field } = useReason(`end.${post.id}`);
  const end = () => {
    const onSuccess = () => {
      clear();
      toast('已免职');
      onClose();
    };
    act.mutate({ reason }, { onSuccess });
  };
  return (
    <ActSheet
      title={`免去${post.nodeName}${post.roleName}`}
      yes="免职"
      doing={act}
      unready={reason === ''}
      onYes={end}
      onClose={onClose}
    >
      {field}
    </ActSheet>
  );
}

/** 停用 or 恢复 of an account. */
export function SwitchSheet({ person, onClose }: { person: Person; onClose: () => void }) {
  const params = { personId: person.personId };
  const disable = useAct('posts.disable', params);
  const enable = useAct('posts.enable', params);
  const isOpen = person.disabledAt === null;
  const act = isOpen ? disable : enable;
  const verb = isOpen ? '停用' : '恢复';
  const { reason, clear, field } = useReason(`switch.${person.personId}`);
  const press = () => {
    const onSuccess = () => {
      clear();
      toast(`账号已${verb}`);
      onClose();
    };
    act.mutate({ reason }, { onSuccess });
  };
  return (
    <ActSheet
      title={`${verb}${person.name}的账号`}
      yes={verb}
      doing={act}
      unready={reason === ''}
      onYes={press}
      onClose={onClose}
    >
      {field}
    </ActSheet>
  );
}
