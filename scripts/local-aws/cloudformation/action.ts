import type { QueryValue } from '../query';
import type { LocalRequest } from '../service';
import type { XmlValue } from '../xml';
import type { Engine } from './engine';

/** Answers one action: the content of its result element. */
export type Action = (engine: Engine, request: LocalRequest, parameters: QueryValue) => XmlValue;
