import { StreamCalls } from './generated/stream.ts';

export class Stream extends StreamCalls {}
