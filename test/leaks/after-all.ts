export { end as default } from './receipt';
