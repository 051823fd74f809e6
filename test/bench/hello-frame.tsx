import { render, Text } from 'ink';

render(<Text>Hello World</Text>);
