<?php
/**
 * The page of settings.
 *
 * @package Kashshaf
 */

defined( 'ABSPATH' ) || exit;

/**
 * Settings, Kashshaf: the settings, the state of what is sent, and the button that sends everything.
 */
class Kashshaf_Settings_Page {

	const SLUG   = 'kashshaf';
	const ACTION = 'kashshaf_sync';

	/**
	 * Take up the hooks.
	 */
	public static function listen() {
		add_action( 'admin_menu', array( __CLASS__, 'add_page' ) );
		add_action( 'admin_init', array( __CLASS__, 'register' ) );
		add_action( 'admin_post_' . self::ACTION, array( __CLASS__, 'begin_sync' ) );
	}

	/**
	 * Add the page to the menu.
	 */
	public static function add_page() {
		$title = __( 'Kashshaf', 'kashshaf' );
		add_options_page( $title, $title, 'manage_options', self::SLUG, array( __CLASS__, 'show' ) );
	}

	/**
	 * Register the option and its fields.
	 */
	public static function register() {
		register_setting( self::SLUG, Kashshaf_Settings::OPTION, array( 'sanitize_callback' => array( 'Kashshaf_Settings', 'sanitized' ) ) );
		add_settings_section( 'main', '', '__return_empty_string', self::SLUG );
		foreach ( self::fields() as $name => $label ) {
			add_settings_field(
				$name,
				$label,
				array( __CLASS__, "show_$name" ),
				self::SLUG,
				'main',
				'types' === $name ? array() : array( 'label_for' => "kashshaf-$name" )
			);
		}
	}

	/**
	 * Begin to send everything, for those who may change settings.
	 */
	public static function begin_sync() {
		if ( ! current_user_can( 'manage_options' ) ) {
			wp_die( esc_html__( 'You may not do this.', 'kashshaf' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::ACTION );
		Kashshaf_Sync::begin();
		wp_safe_redirect( admin_url( 'options-general.php?page=' . self::SLUG ) );
		exit;
	}

	/**
	 * Show the page.
	 */
	public static function show() {
		if ( ! current_user_can( 'manage_options' ) ) {
			return;
		}
		echo '<div class="wrap"><h1>' . esc_html__( 'Kashshaf', 'kashshaf' ) . '</h1><form method="post" action="options.php">';
		settings_fields( self::SLUG );
		do_settings_sections( self::SLUG );
		submit_button();
		echo '</form><h2>' . esc_html__( 'All articles', 'kashshaf' ) . '</h2>';
		self::show_state();
		echo '<form method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '">';
		echo '<input type="hidden" name="action" value="' . esc_attr( self::ACTION ) . '">';
		wp_nonce_field( self::ACTION );
		submit_button( __( 'Send all articles', 'kashshaf' ), 'secondary', 'submit', true, Kashshaf_Settings::can_send() ? array() : array( 'disabled' => 'disabled' ) );
		echo '</form></div>';
	}

	/**
	 * The field of the server's address.
	 */
	public static function show_server() {
		self::show_text( 'server', 'url', Kashshaf_Settings::server(), 'https://search.example' );
	}

	/**
	 * The field of the public key.
	 */
	public static function show_public_key() {
		self::show_text( 'public_key', 'text', (string) Kashshaf_Settings::get( 'public_key' ) );
		self::show_hint( __( 'Readers’ browsers send it. Only if the server asks for one.', 'kashshaf' ) );
	}

	/**
	 * The field of the admin key, which is never shown again.
	 */
	public static function show_admin_key() {
		if ( Kashshaf_Settings::is_key_in_config() ) {
			self::show_hint( __( 'wp-config.php has it: KASHSHAF_ADMIN_KEY.', 'kashshaf' ) );
			return;
		}
		self::show_text( 'admin_key', 'password', '' );
		self::show_hint( __( 'It may write to the index: kashshaf keys create. Safer in wp-config.php, as KASHSHAF_ADMIN_KEY.', 'kashshaf' ) );
		if ( Kashshaf_Settings::admin_key() ) {
			self::show_hint( __( 'A key is kept; leave the field empty to keep it.', 'kashshaf' ) );
			self::show_box( 'forget_admin_key', '1', false, __( 'Forget it', 'kashshaf' ) );
		}
	}

	/**
	 * The boxes of the types that are sent.
	 */
	public static function show_types() {
		foreach ( Kashshaf_Settings::public_types() as $type ) {
			$object = get_post_type_object( $type );
			self::show_box( 'types][', $type, in_array( $type, (array) Kashshaf_Settings::get( 'types' ), true ), $object ? $object->labels->name : $type );
		}
	}

	/**
	 * The box of the theme's own search.
	 */
	public static function show_replace_search() {
		self::show_box( 'replace_search', '1', (bool) Kashshaf_Settings::get( 'replace_search' ), __( 'Kashshaf finds the posts that the theme’s search shows; WordPress does, where the server does not answer.', 'kashshaf' ) );
	}

	/**
	 * The fields: name and label.
	 *
	 * @return string[]
	 */
	private static function fields() {
		return array(
			'server'         => __( 'Address of the Kashshaf server', 'kashshaf' ),
			'public_key'     => __( 'Public key', 'kashshaf' ),
			'admin_key'      => __( 'Admin key', 'kashshaf' ),
			'types'          => __( 'What is sent', 'kashshaf' ),
			'replace_search' => __( 'The theme’s search', 'kashshaf' ),
		);
	}

	/**
	 * Show how far the last run came, and what the server refused.
	 */
	private static function show_state() {
		$state = Kashshaf_Sync::state();
		/* translators: %d: a number of posts. */
		self::show_hint( sprintf( $state['running'] ? __( 'Being sent: %d so far.', 'kashshaf' ) : __( 'Sent by the last run: %d.', 'kashshaf' ), $state['sent'] ) );
		$error = $state['error'] ? $state['error'] : (string) ( $state['last_error'] ?? '' );
		if ( $error ) {
			/* translators: %s: a sentence about an error. */
			self::show_hint( sprintf( __( 'The last try failed and is repeated: %s', 'kashshaf' ), $error ) );
		}
		$refused = Kashshaf_Outbox::refused();
		if ( $refused ) {
			/* translators: %d: a number of posts. */
			self::show_hint( sprintf( __( 'Refused by the server: %d. The custom field _kashshaf_refused of each says why.', 'kashshaf' ), $refused ) );
		}
	}

	/**
	 * Show a field of text.
	 *
	 * @param string $name        The setting.
	 * @param string $type        The type of the field.
	 * @param string $value       Its value.
	 * @param string $placeholder What stands in the empty field.
	 */
	private static function show_text( $name, $type, $value, $placeholder = '' ) {
		printf(
			'<input type="%s" class="regular-text code" dir="ltr" autocomplete="off" id="kashshaf-%s" name="kashshaf[%s]" value="%s" placeholder="%s">',
			esc_attr( $type ),
			esc_attr( $name ),
			esc_attr( $name ),
			esc_attr( $value ),
			esc_attr( $placeholder )
		);
	}

	/**
	 * Show a box to tick.
	 *
	 * @param string $name    The setting.
	 * @param string $value   Its value when it is ticked.
	 * @param bool   $checked True if it is ticked.
	 * @param string $label   Its label.
	 */
	private static function show_box( $name, $value, $checked, $label ) {
		printf(
			'<label><input type="checkbox" name="kashshaf[%s]" value="%s"%s> %s</label><br>',
			esc_attr( $name ),
			esc_attr( $value ),
			checked( $checked, true, false ),
			esc_html( $label )
		);
	}

	/**
	 * Show a sentence.
	 *
	 * @param string $text The sentence.
	 */
	private static function show_hint( $text ) {
		echo '<p class="description">' . esc_html( $text ) . '</p>';
	}
}
