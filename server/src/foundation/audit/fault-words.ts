import type { Fault } from './verify';

/** What a fault means, for whoever runs the verification. */
export function faultWords(fault: Fault): string {
  switch (fault.kind) {
    case 'changed':
      return `第 ${fault.seq} 号：记录 ${fault.entryId} 被改过，内容和封记对不上。`;
    case 'sealChanged':
      return `第 ${fault.seq} 号：记录 ${fault.entryId} 没有变，是它的封记被改过。`;
    case 'missing':
      return `第 ${fault.seq} 号：记录 ${fault.entryId} 不见了，被人删掉了。`;
    case 'outOfTime':
      return `第 ${fault.seq} 号：记录 ${fault.entryId} 的时间比它前面的早两个小时以上，可能是事后补进去的，也可能是服务器的时间调过。`;
    case 'sealsMissing':
      return fault.seq === fault.upTo
        ? `第 ${fault.seq} 号的封记不见了。`
        : `第 ${fault.seq} 号到第 ${fault.upTo} 号的封记不见了。`;
    case 'tailMissing':
      return `链的末尾少了一段：原来至少到第 ${fault.seq} 号。`;
    case 'otherChain':
      return `第 ${fault.seq} 号和以前记下的链头对不上：这条链被人重新做过。`;
    case 'tooOld':
      return `第 ${fault.seq} 号已经到期清理，对不了，请用更新的链头。`;
    case 'unsealed':
      return `记录 ${fault.entryId}（${fault.at.toISOString()}）一直没有封记：是从别处插进去的，或者后台进程停了。`;
  }
}
