import { createLink } from '@tanstack/react-router';
import { Button } from 'antd';

/** A link to another view that looks like the buttons beside it. */
export const LinkButton = createLink(Button);
