import { useAct } from '../../../../lib/use-call';
import type { ActionFormProps } from '../../order-actions';
import { WordsSheet } from '../../words-sheet';

/** 请补充: one question to the resident; the clock waits meanwhile. At most twice. */
export function AskForm({ order, onClose }: ActionFormProps) {
  return (
    <WordsSheet
      title="问一句"
      label="想问什么？"
      hint={order.asks === 0 ? '一次问一件事，对方看得懂的话。' : '已经问过一次，这是最后一次。'}
      ready={['具体在什么地方？', '大概是什么时候开始的？', '方便拍张照片吗？']}
      yes="发给对方"
      done="问过去了，等对方补充"
      act={useAct('orders.ask', { orderId: order.id })}
      form={`ask.${order.id}`}
      onClose={onClose}
    />
  );
}

/** 上报: the desk above takes it on. */
export function EscalateForm({ order, onClose }: ActionFormProps) {
  return (
    <WordsSheet
      title="上报"
      label="为什么要上报？"
      hint="上一级会接着办，点单的人会知道转到了哪里。"
      ready={['超出村里的权限', '要镇里协调外单位', '一直没有人接']}
      yes="上报"
      done="已经上报"
      act={useAct('orders.escalate', { orderId: order.id })}
      form={`escalate.${order.id}`}
      onClose={onClose}
    />
  );
}

/** 拆单: it is another matter after all. */
export function UnmergeForm({ order, onClose }: ActionFormProps) {
  return (
    <WordsSheet
      title="拆出来单独办"
      label="为什么拆？"
      hint="可以不写。"
      optional
      yes="拆单"
      done="拆出来了，重新研判"
      act={useAct('orders.unmerge', { orderId: order.id })}
      form={`unmerge.${order.id}`}
      onClose={onClose}
    />
  );
}

/** 收回: the other channel did not take it. */
export function TakeBackForm({ order, onClose }: ActionFormProps) {
  return (
    <WordsSheet
      title="收回来接着办"
      label="那边怎么说的？"
      example="比如：调解室说不属于纠纷，退回村里"
      yes="收回"
      done="收回来了"
      act={useAct('orders.takeBack', { orderId: order.id })}
      form={`takeBack.${order.id}`}
      onClose={onClose}
    />
  );
}

/** 恢复: before its day. */
export function ResumeForm({ order, onClose }: ActionFormProps) {
  return (
    <WordsSheet
      title="现在接着办"
      label="交代一句"
      hint="可以不写。时限从剩下的时间接着算。"
      optional
      yes="恢复"
      done="恢复了"
      act={useAct('orders.resume', { orderId: order.id })}
      form={`resume.${order.id}`}
      onClose={onClose}
    />
  );
}

/** 核实: somebody who did not do it has looked; then the resident is asked. */
export function VerifyForm({ order, onClose }: ActionFormProps) {
  return (
    <WordsSheet
      title="核实过了"
      label="怎么核实的？"
      hint="可以不写。接下来请点单的人说说办得行不行。"
      ready={['到现场看过，属实', '打电话问过，属实', '看照片，属实']}
      optional
      yes="核实通过"
      done="核实过了，等对方说办得行不行"
      act={useAct('orders.verify', { orderId: order.id })}
      form={`verify.${order.id}`}
      onClose={onClose}
    />
  );
}

/** 回复督办 */
export function AnswerSupervisionForm({ order, onClose }: ActionFormProps) {
  return (
    <WordsSheet
      title="回复督办"
      label="怎么办的，什么时候办完？"
      yes="回复"
      done="回复了"
      act={useAct('orders.answerSupervision', { orderId: order.id })}
      form={`answerSupervision.${order.id}`}
      onClose={onClose}
    />
  );
}

/** 责令重办: after a review; it is the last round. */
export function OrderRedoForm({ order, onClose }: ActionFormProps) {
  return (
    <WordsSheet
      title="责令重办"
      label="哪里没办好，怎么重办？"
      hint="回到原来的村重新派单，这是最后一轮。"
      yes="责令重办"
      done="退回重办了"
      act={useAct('orders.orderRedo', { orderId: order.id })}
      form={`orderRedo.${order.id}`}
      onClose={onClose}
    />
  );
}
