/** Starts the user interface. */
import { createApp } from 'vue'
import '../shared/theme.css'
import { startTheme } from '../shared/theme'
import App from './App.vue'

startTheme()
createApp(App).mount('#app')
